import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { attached } from './graphql-call.js';
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

/**
 * Loads a user once per HTTP request or GraphQL operation and token, however many guards and fields ask for it. Connections
 * outlive what they loaded, so that over WebSockets and microservices each call loads anew.
 *
 * @param loader - identifies what `load` calls.
 */
export async function loadOnce(
  call: RequestContext,
  loader: object,
  token: string,
  load: () => unknown,
): Promise<unknown> {
  const holder = holderOf(call);
  const users = holder && attached(holder, LOADED, (): LoadedUsers => new Map());
  if (users === undefined) {
    return load();
  }
  const byToken = users.get(loader) ?? new Map<string, Promise<unknown>>();
  const user = byToken.get(token) ?? Promise.resolve().then(load);
  users.set(loader, byToken.set(token, user));
  return user;
}

function holderOf({ httpRequest, execution, source }: RequestContext): object | undefined {
  // With `upgrade` it is the request that opened a WebSocket.
  return httpRequest !== undefined && source.headers['upgrade'] === undefined ? httpRequest : execution;
}
