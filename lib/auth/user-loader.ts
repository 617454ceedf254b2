import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import type { RequestContext, TokenSource } from './request-context.js';

/**
 * Returns the application's own user for a verified caller, or a promise of it. A falsy value denies the call with 401; an
 * error that it throws is passed on.
 *
 * @publicApi
 */
export type UserLoader = (claims: VerifiedClaims, source: TokenSource) => unknown;

const LOADED = Symbol.for('mandate.loaded-users');

/** What a request has loaded, by what loads it and by token. */
type LoadedUsers = Map<object, Map<string, Promise<unknown>>>;

interface RequestWithUsers {
  [LOADED]?: LoadedUsers;
}

/**
 * Loads a user once per HTTP request and token, however many guards and GraphQL fields ask for it. Connections outlive what
 * they loaded, so that over WebSockets and microservices each call loads anew.
 *
 * @param loader - identifies what `load` calls.
 */
export async function loadOnce(
  { httpRequest, source }: RequestContext,
  loader: object,
  token: string,
  load: () => unknown,
): Promise<unknown> {
  // With `upgrade` it is the request that opened a WebSocket.
  if (httpRequest === undefined || source.headers['upgrade'] !== undefined) {
    return load();
  }
  const request = httpRequest as RequestWithUsers;
  const users = request[LOADED] ?? new Map<object, Map<string, Promise<unknown>>>();
  request[LOADED] = users;
  const byToken = users.get(loader) ?? new Map<string, Promise<unknown>>();
  const user = byToken.get(token) ?? Promise.resolve().then(load);
  users.set(loader, byToken.set(token, user));
  return user;
}
