import type { Environment } from '../environment.js';
import { verifyAccessToken } from '../tokens/access-token.js';
import { scopesOf } from '../tokens/claim-changes.js';
import { scopesReveal } from '../tokens/scope-attributes.js';
import { readableAttributes } from '../tokens/user-claims.js';

/**
 * The attributes that an access token reveals (OpenID Connect Core section 5.3). Every value is a string, even that of
 * `email_verified`.
 *
 * @returns undefined if the token lacks the scope `openid`. Sign-ins of the API have only the API's own scope.
 * @throws CognitoFault if the token is not valid.
 */
export async function userInfo(
  environment: Environment,
  accessToken: string,
): Promise<Record<string, string> | undefined> {
  const { client, user, claims } = await verifyAccessToken(environment, accessToken);
  const scopes = scopesOf(claims);
  if (!scopes.includes('openid')) {
    return undefined;
  }
  const names = readableAttributes(client, user).filter((name) => scopesReveal(scopes, name));
  return {
    ...Object.fromEntries(names.map((name) => [name, user.attributes[name] ?? ''])),
    username: user.username,
  };
}
