import { createHash } from 'node:crypto';

import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { SignIn } from '../../model/sign-in.js';
import { assuranceClaims } from '../assurance.js';
import { tokenValidity } from '../clients/token-validity.js';
import type { Environment } from '../environment.js';
import { issuerOf } from './issuer.js';
import { type Claims, signToken } from './jws.js';
import { rotates } from './refresh-tokens.js';
import { scopesReveal } from './scope-attributes.js';
import type { TokenClaims, TokenRequest } from './token-request.js';
import { customizedClaims } from './token-trigger.js';
import { type AttributeFilter, type GroupClaims, attributeClaims, groupClaims } from './user-claims.js';

/** Issues an access token and an ID token for a sign-in, at its start and at each refresh. */
export async function issueTokens(
  environment: Environment,
  request: TokenRequest,
): Promise<AuthenticationResultType & { readonly AccessToken: string; readonly IdToken: string }> {
  const claims = await customizedClaims(environment, request, claimsOf(environment, request));
  const keys = await environment.keys.of(request.pool.id);
  const accessToken = signToken(claims.access, keys.access);
  const hash = request.signIn.managedLogin && { at_hash: accessTokenHash(accessToken) };
  return {
    AccessToken: accessToken,
    IdToken: signToken({ ...claims.id, ...hash }, keys.id),
    ExpiresIn: tokenValidity(request.client).access,
    TokenType: 'Bearer',
  };
}

/** The claims of both tokens before triggers change them. */
export function claimsOf(environment: Environment, request: TokenRequest): TokenClaims {
  const { client, pool, signIn, user, nonce, resource } = request;
  const issuedAt = Math.floor(environment.clock() / 1000);
  const validity = tokenValidity(client);
  const groups = groupClaims(pool, user);
  const shared = {
    ...(groups.groups.length > 0 && { 'cognito:groups': groups.groups }),
    iss: issuerOf(environment, pool),
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
      ...(resource !== undefined && { aud: resource }),
      ...(signIn.managedLogin && { version: 2 }),
      token_use: 'access',
      scope: signIn.scopes.join(' '),
      exp: issuedAt + validity.access,
      ...tokenId(environment, client),
      username: user.username,
    },
    id: {
      ...attributeClaims(client, user, attributeFilter(signIn)),
      ...shared,
      ...(nonce !== undefined && { nonce }),
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

/** `at_hash` of an ID token: half of the access token's digest (OpenID Connect Core section 3.1.3.6). */
function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

/** The scopes of managed login limit the attributes. Sign-ins through the API see all. */
function attributeFilter({ managedLogin, scopes }: SignIn): AttributeFilter | undefined {
  return managedLogin && ((name) => scopesReveal(scopes, name));
}

/** Tokens have `jti` and `origin_jti` if they can be revoked, or if refresh tokens rotate. */
function hasTokenIds(client: AppClient): boolean {
  return client.settings.EnableTokenRevocation === true || rotates(client);
}
