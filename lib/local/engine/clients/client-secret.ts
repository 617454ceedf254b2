import { timingSafeEqual } from 'node:crypto';

import { secretHash } from '../../../protocol/secret-hash.js';
import type { AppClient } from '../../model/app-client.js';
import { CognitoFault, invalidParameter, notAuthorized } from '../cognito-fault.js';

/**
 * Checks SECRET_HASH against each of the client's secrets. A public client must send none.
 *
 * @param username - as in the same request.
 * @throws CognitoFault NotAuthorizedException when the hash is missing or wrong, InvalidParameterException when the
 *   client has no secret.
 */
export function assertSecretHash(client: AppClient, username: string, hash: string | undefined): void {
  assertHash(client, username, hash, `Unable to verify secret hash for client ${client.id}`);
}

/**
 * Checks SECRET_HASH of REFRESH_TOKEN_AUTH, where Cognito words the mismatch differently.
 *
 * @param username - the internal username.
 * @throws CognitoFault NotAuthorizedException when the hash is missing or wrong.
 */
export function assertRefreshSecretHash(client: AppClient, username: string, hash: string | undefined): void {
  assertHash(client, username, hash, `SecretHash does not match for the client: ${client.id}`);
}

/** Whether a plain ClientSecret, as in GetTokensFromRefreshToken and RevokeToken, is one of the client's. */
export function secretMatches(client: AppClient, secret: string | undefined): boolean {
  return client.secrets.length === 0 || client.secrets.some(({ value }) => constantTimeEqual(value, secret ?? ''));
}

/** UnauthorizedException of the operations that accept a plain secret. */
export function invalidClientSecret(): CognitoFault {
  return new CognitoFault('UnauthorizedException', 'Invalid client or secret');
}

function assertHash(client: AppClient, username: string, hash: string | undefined, mismatch: string): void {
  if (client.secrets.length === 0) {
    if (hash !== undefined) {
      throw invalidParameter(`App client ${client.id} is not configured for secret but secret hash was received`);
    }
    return;
  }
  if (hash === undefined) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  if (!client.secrets.some(({ value }) => constantTimeEqual(secretHash(username, client.id, value), hash))) {
    throw notAuthorized(mismatch);
  }
}

function constantTimeEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
