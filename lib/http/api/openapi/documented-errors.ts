import { ERROR_STATUS, type MandateErrorCode } from '../../../errors/error-codes.js';
import { routeOf, type AuthApiRoute } from '../auth-api-routes.js';
import type { RouteInput } from '../route-bodies.js';
import type { DocumentFacts } from './document-facts.js';
import { routeErrors } from './route-errors.js';

type Codes = readonly MandateErrorCode[];

/** Of every call to Cognito. */
const SERVICE: Codes = [
  'NOT_AUTHORIZED',
  'REQUEST_FORBIDDEN',
  'TOO_MANY_REQUESTS',
  'LIMIT_EXCEEDED',
  'CONFIGURATION_INVALID',
  'POOL_NOT_FOUND',
  'CLIENT_NOT_FOUND',
  'SECRET_HASH_MISSING',
  'SECRET_HASH_INVALID',
  'POOL_CONFIGURATION_INVALID',
  'ANSWER_UNEXPECTED',
  'SERVICE_FAULT',
  'SERVICE_ERROR_UNKNOWN',
  'SERVICE_UNAVAILABLE',
];

/** Of the guard. */
export const TOKEN_REFUSALS = [
  'TOKEN_MISSING',
  'TOKEN_MALFORMED',
  'TOKEN_ALGORITHM_REFUSED',
  'TOKEN_KEY_UNKNOWN',
  'TOKEN_SIGNATURE_INVALID',
  'TOKEN_ISSUER_REFUSED',
  'TOKEN_USE_REFUSED',
  'TOKEN_CLIENT_REFUSED',
  'TOKEN_EXPIRED',
  'TOKEN_NOT_YET_VALID',
  'TOKEN_CLAIMS_INVALID',
  'TOKEN_REVOKED',
  'TOKEN_REVOCATION_UNCHECKABLE',
] as const satisfies Codes;

/** Of the guard, and of Cognito about an access token that the guard has accepted. */
const GUARDED: Codes = [
  ...TOKEN_REFUSALS,
  'ACCESS_TOKEN_EXPIRED',
  'ACCESS_TOKEN_REVOKED',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_SCOPE_MISSING',
  'REQUEST_MALFORMED',
  'USER_NOT_FOUND',
  'USER_NOT_CONFIRMED',
  'PASSWORD_RESET_REQUIRED',
  'SIGNING_KEYS_UNAVAILABLE',
  'REVOCATION_CHECK_FAILED',
  'TENANTS_UNAVAILABLE',
];

/** A logout everywhere needs an access token. */
const LOGOUT_BY_TOKENS: Codes = [
  'TOKEN_MISSING',
  'ACCESS_TOKEN_EXPIRED',
  'ACCESS_TOKEN_REVOKED',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_SCOPE_MISSING',
  'ARGUMENT_INVALID',
  'TOKEN_TYPE_UNSUPPORTED',
  'TOKEN_REVOCATION_NOT_ENABLED',
];

const SESSIONS: Codes = ['SESSION_STORE_UNAVAILABLE', 'SESSION_RENEWAL_FAILED'];
/** Routes that create a session. */
const SIGNING_IN: ReadonlySet<AuthApiRoute> = new Set<AuthApiRoute>(['confirm', 'authenticate', 'respond']);

/** The codes of a route, by HTTP status, ascending. Those of the route itself come first. */
export function documentedErrors(
  route: AuthApiRoute,
  input: RouteInput,
  facts: DocumentFacts,
): ReadonlyMap<number, readonly [MandateErrorCode, ...MandateErrorCode[]]> {
  const byStatus = new Map<number, [MandateErrorCode, ...MandateErrorCode[]]>();
  for (const code of new Set(codesOf(route, input, facts))) {
    const status = ERROR_STATUS[code];
    const known = byStatus.get(status);
    if (known === undefined) {
      byStatus.set(status, [code]);
    } else {
      known.push(code);
    }
  }
  return new Map([...byStatus].sort(([one], [other]) => one - other));
}

function codesOf(route: AuthApiRoute, { body, params, query }: RouteInput, facts: DocumentFacts): Codes {
  const { guarded, method } = routeOf(route);
  const { codes, revealing = [] } = routeErrors(route);
  const isInCookies = facts.delivery === 'cookie';
  const hasInput = (body ?? params ?? query) !== undefined;
  return [
    ...codes,
    ...(facts.revealUsers ? revealing : []),
    ...(route === 'logout' && !isInCookies ? LOGOUT_BY_TOKENS : []),
    ...(hasInput ? (['REQUEST_INVALID', 'PARAMETER_INVALID'] as const) : []),
    ...(body === undefined ? [] : (['CONTENT_TYPE_UNSUPPORTED'] as const)),
    ...(guarded === true ? GUARDED : []),
    ...(facts.csrfHeader !== undefined && method !== 'GET' ? (['CSRF_CHECK_FAILED'] as const) : []),
    ...(facts.isThrottled(route) ? (['REQUESTS_THROTTLED'] as const) : []),
    ...(isInCookies ? SESSIONS : []),
    ...(isInCookies && SIGNING_IN.has(route) ? (['SESSION_TOO_LARGE'] as const) : []),
    ...SERVICE,
  ];
}
