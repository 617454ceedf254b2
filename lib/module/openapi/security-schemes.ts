import { DEFAULT_POOL } from '../../auth/pools/user-pools.js';

/**
 * A security scheme of an OpenAPI document, as `components.securitySchemes` has it.
 *
 * @publicApi
 */
// A type alias: an interface has no index signature, which the documents of @nestjs/swagger ask for.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type AuthSecurityScheme = {
  readonly type: 'http' | 'apiKey';
  readonly description: string;
  readonly scheme?: string;
  readonly bearerFormat?: string;
  readonly in?: 'cookie' | 'header';
  readonly name?: string;
};

/** How the browser sessions of a pool travel. */
export interface SessionTransport {
  /** The full name of the cookie. */
  readonly cookie: string;
  /** The header that unsafe requests need; undefined if the defence is off. */
  readonly csrfHeader: string | undefined;
}

/** A pool for documents. */
export interface DocumentedPool {
  readonly name: string;
  readonly acceptsBearer: boolean;
  /** Undefined if the guard reads no sessions of the pool. */
  readonly session: SessionTransport | undefined;
}

type Requirement = Readonly<Record<string, readonly string[]>>;

/**
 * What identifies callers: one of the requirements. All pools share `bearer`, the name that `addBearerAuth()` and
 * `@ApiBearerAuth()` have as their default. Sessions differ by their cookie, so each pool has a scheme of its own.
 */
export function securityOf(pools: readonly DocumentedPool[], isSafe: boolean): readonly Requirement[] {
  const sessions = pools.flatMap(({ name, session }) => (session === undefined ? [] : [requirement(name, session)]));
  return [...(pools.some(({ acceptsBearer }) => acceptsBearer) ? [{ bearer: [] }] : []), ...sessions];

  function requirement(pool: string, { csrfHeader }: SessionTransport): Requirement {
    return {
      [nameOf('session', pool)]: [],
      ...(csrfHeader !== undefined && !isSafe && { [nameOf('csrf', pool)]: [] }),
    };
  }
}

/** The schemes that `securityOf` names, of all pools. */
export function securitySchemes(pools: readonly DocumentedPool[]): Readonly<Record<string, AuthSecurityScheme>> {
  const sessions = pools.flatMap(({ name, session }) => (session === undefined ? [] : sessionSchemes(name, session)));
  return {
    ...(pools.some(({ acceptsBearer }) => acceptsBearer) && { bearer: BEARER }),
    ...Object.fromEntries(sessions),
  };
}

const BEARER: AuthSecurityScheme = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'A token that Cognito issued: the access token, unless the operation says otherwise.',
};

function sessionSchemes(
  pool: string,
  { cookie, csrfHeader }: SessionTransport,
): readonly (readonly [string, AuthSecurityScheme])[] {
  const session: AuthSecurityScheme = {
    type: 'apiKey',
    in: 'cookie',
    name: cookie,
    description: 'The browser session. The browser sends the cookie by itself once the user has signed in.',
  };
  const csrf: AuthSecurityScheme = {
    type: 'apiKey',
    in: 'header',
    name: csrfHeader ?? '',
    description: 'The value 1: shows that a page of the application sends the request, and no page of another site.',
  };
  return [
    [nameOf('session', pool), session],
    ...(csrfHeader === undefined ? [] : [[nameOf('csrf', pool), csrf] as const]),
  ];
}

/** Component names consist of letters, digits, ".", "-" and "_" (OpenAPI 3.0, components object). */
function nameOf(scheme: string, pool: string): string {
  return pool === DEFAULT_POOL ? scheme : `${scheme}-${pool.replace(/[^\w.-]/g, '_')}`;
}
