import type { Pool } from '../../model/pool.js';
import { type Browser, SESSION_COOKIE } from '../../engine/oauth/complete-authorization.js';
import { readCookie } from '../../engine/oauth/cookies.js';
import type { ClientInPool } from '../../engine/pools/pool-lookup.js';
import type { Environment } from '../../engine/environment.js';
import type { HttpRequest, HttpResponse } from '../route.js';

/** A request to the domain of managed login. */
export interface DomainRequest {
  readonly environment: Environment;
  readonly http: HttpRequest;
  /** The pool that the host name selects. Undefined: the server's own host name, which serves every pool. */
  readonly pool?: Pool | undefined;
  /** The body of a POST. */
  readonly form: URLSearchParams;
  readonly browser: Browser;
}

/** Answers a request to the domain. */
export type Handler = (request: DomainRequest) => Promise<HttpResponse> | HttpResponse;

const HOST = /^([^.:]+)(?:\.auth)?\.localhost(?::\d+)?$/i;
const FORM = 'application/x-www-form-urlencoded';

/** Prepares a request. @returns undefined if no pool has the domain of its host name. */
export function domainRequest(environment: Environment, http: HttpRequest): DomainRequest | undefined {
  const prefix = HOST.exec(http.headers.host ?? '')?.[1]?.toLowerCase();
  const pool =
    prefix === undefined ? undefined : environment.pools.all().find(({ domain }) => domain?.prefix === prefix);
  if (prefix !== undefined && pool === undefined) {
    return undefined;
  }
  const isForm = http.headers['content-type']?.toLowerCase().startsWith(FORM) ?? false;
  return {
    environment,
    http,
    pool,
    form: new URLSearchParams(isForm ? http.body : ''),
    browser: {
      sourceIp: http.remoteAddress,
      userAgent: http.headers['user-agent'] ?? '',
      sessionId: readCookie(http.headers.cookie, SESSION_COOKIE),
    },
  };
}

/** Finds clients by their ids, in the pool of the domain if the host name selects one. */
export function clientsOf({ environment, pool }: DomainRequest): (clientId: string) => ClientInPool | undefined {
  return (clientId) => {
    const found = environment.pools.byClientId(clientId);
    return pool === undefined || found?.pool === pool ? found : undefined;
  };
}
