import type { AppClient } from '../../model/app-client.js';

/** Scopes that Cognito grants only together with `openid`. */
const WITH_OPENID: readonly string[] = ['email', 'phone', 'profile'];

/**
 * The scopes that an authorization request asks for. Default: all that the client allows.
 *
 * @param scope - scopes separated by spaces (RFC 6749 section 3.3).
 * @returns undefined if the client does not allow a scope, or `openid` is missing beside one that needs it.
 */
export function requestedScopes(client: AppClient, scope: string | undefined): readonly string[] | undefined {
  const allowed = client.settings.AllowedOAuthScopes ?? [];
  const requested = scopeList(scope);
  if (requested.length === 0) {
    return allowed;
  }
  const needsOpenId = requested.some((name) => WITH_OPENID.includes(name)) && !requested.includes('openid');
  return needsOpenId || requested.some((name) => !allowed.includes(name)) ? undefined : requested;
}

/**
 * The scopes that a client credentials grant asks for. Default: all custom scopes of the client.
 *
 * @returns undefined if the client does not allow a scope.
 */
export function requestedCustomScopes(
  client: AppClient,
  requested: readonly string[] = [],
): readonly string[] | undefined {
  const allowed = customScopes(client);
  if (requested.length === 0) {
    return allowed;
  }
  return requested.every((name) => allowed.includes(name)) ? requested : undefined;
}

/** The client's custom scopes (`<resource server>/<name>`). */
export function customScopes({ settings }: AppClient): readonly string[] {
  return (settings.AllowedOAuthScopes ?? []).filter((scope) => scope.includes('/'));
}

/** Splits a scope parameter. Repeated scopes count once. */
export function scopeList(scope: string | undefined): readonly string[] {
  return [...new Set((scope ?? '').split(' ').filter((name) => name !== ''))];
}
