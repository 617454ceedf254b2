import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import { assuranceClaims } from '../assurance.js';
import { tokenValidity } from '../clients/token-validity.js';
import { type Environment, issuerOf } from '../environment.js';
import { type Claims, signToken } from './jws.js';
import { rotates } from './refresh-tokens.js';
import type { TokenClaims, TokenRequest } from './token-request.js';
import { customizedClaims } from './token-trigger.js';
import { type GroupClaims, attributeClaims, groupClaims } from './user-claims.js';

/** Issues an access token and an ID token for a sign-in, at its start and at each refresh. */
export async function issueTokens(
  environment: Environment,
  request: TokenRequest,
): Promise<AuthenticationResultType & { readonly AccessToken: string; readonly IdToken: string }> {
  const claims = await customizedClaims(environment, request, claimsOf(environment, request));
  const keys = await environment.keys.of(request.pool.id);
  return {
    AccessToken: signToken(claims.access, keys.access),
    IdToken: signToken(claims.id, keys.id),
    ExpiresIn: tokenValidity(request.client).access,
    TokenType: 'Bearer',
  };
}

/** The claims of both tokens before triggers change them. */
export function claimsOf(environment: Environment, request: TokenRequest): TokenClaims {
  const { client, pool, signIn, user } = request;
  const issuedAt = Math.floor(environment.clock() / 1000);
  const validity = tokenValidity(client);
  const groups = groupClaims(pool, user);
  const shared = {
    ...(groups.groups.length > 0 && { 'cognito:groups': groups.groups }),
    iss: issuerOf(environment, pool.id),
    ...(hasTokenIds(client) && { origin_jti: signIn.originJti }),
    event_id: signIn.eventId,
    auth_time: signIn.authTime,
    ...assuranceClaims(pool, signIn.methods),
    iat: issuedAt,
  };
  return {
    access: {
      sub: user.sub,
      ...(signIn.deviceKey !== undefined && { device_key: signIn.deviceKey }),
      ...shared,
      client_id: client.id,
      token_use: 'access',
      scope: signIn.scopes.join(' '),
      exp: issuedAt + validity.access,
      ...tokenId(environment, client),
      username: user.username,
    },
    id: {
      ...attributeClaims(client, user),
      ...shared,
      ...roleClaims(groups),
      'cognito:username': user.username,
      aud: client.id,
      token_use: 'id',
      exp: issuedAt + validity.id,
      ...tokenId(environment, client),
    },
  };
}

function tokenId({ random }: Environment, client: AppClient): Claims {
  return hasTokenIds(client) ? { jti: random.uuid() } : {};
}

function roleClaims({ roles, preferredRole }: GroupClaims): Claims {
  return {
    ...(roles.length > 0 && { 'cognito:roles': roles }),
    ...(preferredRole !== undefined && { 'cognito:preferred_role': preferredRole }),
  };
}

/** Tokens have `jti` and `origin_jti` if they can be revoked, or if refresh tokens rotate. */
function hasTokenIds(client: AppClient): boolean {
  return client.settings.EnableTokenRevocation === true || rotates(client);
}
