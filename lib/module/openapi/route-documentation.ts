import { type ApplicationConfig, type ModulesContainer, Reflector } from '@nestjs/core';

import { type AccessMetadata, accessMetadataOf } from '../../auth/access/access-metadata.js';
import { AccessPolicies, type AccessPolicy } from '../../auth/access/access-policy.js';
import { readsBrowserSession } from '../../auth/extractors/browser-session-mark.js';
import { DEFAULT_EXTRACTORS } from '../../auth/extractors/extract-token.js';
import { DEFAULT_POOL, type RegisteredPool, type UserPools } from '../../auth/pools/user-pools.js';
import type { MandateErrorCode } from '../../errors/error-codes.js';
import { MandateError } from '../../errors/mandate-error.js';
import { type Coverage, guardCoverage } from '../startup/guards.js';
import { type Handler, handlersOf } from '../startup/handlers.js';
import { oncePerTurn } from './once-per-turn.js';
import { problemFilters } from './problem-filters.js';
import { refusalResponses } from './refusal-responses.js';
import {
  type AuthSecurityScheme,
  type DocumentedPool,
  securityOf,
  securitySchemes,
  type SessionTransport,
} from './security-schemes.js';
import { documentHandler, isSafe, type OperationDescription } from './swagger-metadata.js';

/** What the documents of an application depend on. */
export interface DocumentedApplication {
  readonly modules: ModulesContainer;
  readonly config: ApplicationConfig;
  readonly pools: UserPools;
}

/** What holds for all handlers while one document is made. */
interface Survey {
  readonly coverageOf: (handler: Handler) => Coverage;
  readonly usesProblemDetails: (handler: Handler) => boolean;
  readonly descriptions: Map<readonly Handler[], OperationDescription>;
}

const GROUPS = ['anyGroup', 'allGroups', 'noGroup'] as const satisfies readonly (keyof AccessMetadata)[];
const SCOPES = ['anyScope', 'allScopes', 'noScope'] as const satisfies readonly (keyof AccessMetadata)[];
const UNKNOWN: OperationDescription = { security: undefined, responses: {} };

/**
 * Tells @nestjs/swagger which operations need a token, and how they refuse a call. Created with the application, so that a
 * document can be made before it listens; what it says is found out when the document is made.
 */
export class RouteDocumentation {
  readonly #application: DocumentedApplication;
  readonly #sessions = new Map<string, SessionTransport>();
  readonly #policies = new AccessPolicies(new Reflector());
  readonly #current = oncePerTurn((): Survey => {
    const application = { ...this.#application, modules: [...this.#application.modules.values()] };
    return {
      coverageOf: guardCoverage({ ...application, guardsMessages: false }),
      usesProblemDetails: problemFilters(application),
      descriptions: new Map(),
    };
  });

  constructor(application: DocumentedApplication) {
    this.#application = application;
    for (const handlers of byCallback(handlersOf(application.modules.values()))) {
      const [first] = handlers;
      documentHandler(first, () => this.#describe(handlers));
    }
  }

  /** Says how the browser sessions of a pool travel. */
  describeSessions(pool: string | undefined, transport: SessionTransport): void {
    this.#sessions.set(pool ?? DEFAULT_POOL, transport);
  }

  /** How the browser sessions of a pool travel; undefined without sessions. */
  sessionsOf(pool: string | undefined): SessionTransport | undefined {
    return this.#sessions.get(pool ?? DEFAULT_POOL) ?? this.#sessionOfOnlyPool();
  }

  /** The security schemes that the operations name. */
  schemes(): Readonly<Record<string, AuthSecurityScheme>> {
    const { pools } = this.#application;
    return securitySchemes(pools.names().map((name) => this.#documented(pools.get(name))));
  }

  /** Controllers that inherit a handler share its metadata, so it says what holds for all of them. */
  #describe(handlers: readonly Handler[]): OperationDescription {
    const { descriptions } = this.#current();
    const known = descriptions.get(handlers);
    if (known !== undefined) {
      return known;
    }
    const [first = UNKNOWN, ...others] = handlers.map((handler) => this.#describeOne(handler));
    const agree = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
    const description = agree ? first : UNKNOWN;
    descriptions.set(handlers, description);
    return description;
  }

  #describeOne(handler: Handler): OperationDescription {
    const policy = this.#policyOf(handler);
    if (policy === undefined) {
      return UNKNOWN;
    }
    const { coverageOf, usesProblemDetails } = this.#current();
    const { isCovered } = coverageOf(handler);
    const refuses = isCovered && policy.onInvalidToken === 'reject';
    if (policy.isPublic || !isCovered) {
      const responses = refusalResponses({
        unauthenticated: refuses && policy.isPublic,
        forbidden: [],
        usesProblemDetails: usesProblemDetails(handler),
      });
      return { security: policy.isPublic ? [] : undefined, responses };
    }
    const security = securityOf(this.#poolsOf(policy), isSafe(handler.callback));
    const checksOrigin = security.some((requirement) => Object.keys(requirement).length > 1);
    return {
      security,
      responses: refusalResponses({
        unauthenticated: true,
        forbidden: [...forbidden(handler), ...(checksOrigin ? (['CSRF_CHECK_FAILED'] as const) : [])],
        usesProblemDetails: usesProblemDetails(handler),
      }),
    };
  }

  /** Undefined for decorators that contradict each other, which stop the start of the application. */
  #policyOf({ callback, owner }: Handler): AccessPolicy | undefined {
    try {
      return this.#policies.of({ getHandler: () => callback, getClass: () => owner as never });
    } catch (error) {
      if (error instanceof MandateError) {
        return undefined;
      }
      throw error;
    }
  }

  #poolsOf({ pools: names }: AccessPolicy): readonly DocumentedPool[] {
    const { pools } = this.#application;
    const known = new Set(pools.names());
    const named = names.filter((name) => known.has(name)).map((name) => pools.get(name));
    return (names.length === 0 ? unnamed(pools) : named).map((pool) => this.#documented(pool));
  }

  #documented({ name, extractors }: RegisteredPool): DocumentedPool {
    const session = this.sessionsOf(name);
    // Sessions join the default extractors when the application starts, and never those that it has chosen.
    const readsSessions = extractors.some(readsBrowserSession) || extractors === DEFAULT_EXTRACTORS;
    return {
      name,
      acceptsBearer: extractors.some((extractor) => !readsBrowserSession(extractor)),
      session: readsSessions ? session : undefined,
    };
  }

  /** Sessions without a name belong to the only pool, whatever its name. */
  #sessionOfOnlyPool(): SessionTransport | undefined {
    return this.#application.pools.names().length === 1 ? this.#sessions.get(DEFAULT_POOL) : undefined;
  }
}

function byCallback(handlers: readonly Handler[]): Iterable<readonly [Handler, ...Handler[]]> {
  const groups = new Map<Handler['callback'], [Handler, ...Handler[]]>();
  for (const handler of handlers.filter(({ kind }) => kind === 'http')) {
    const group = groups.get(handler.callback);
    if (group === undefined) {
      groups.set(handler.callback, [handler]);
    } else {
      group.push(handler);
    }
  }
  return groups.values();
}

function forbidden({ callback, owner }: Handler): readonly MandateErrorCode[] {
  const metadata = { ...accessMetadataOf(owner), ...accessMetadataOf(callback) };
  const has = (aspects: readonly (keyof AccessMetadata)[]) => aspects.some((aspect) => metadata[aspect] !== undefined);
  return [
    ...(has(GROUPS) ? (['GROUPS_INSUFFICIENT'] as const) : []),
    ...(has(SCOPES) ? (['SCOPE_INSUFFICIENT'] as const) : []),
  ];
}

/** The pool of a handler without `@Pool`: none where only a start that fails is to come. */
function unnamed(pools: UserPools): readonly RegisteredPool[] {
  const names = pools.names();
  return names.length === 1 || names.includes(DEFAULT_POOL) ? [pools.get()] : [];
}
