import { timingSafeEqual } from 'node:crypto';

import { secretHash } from '../../../protocol/secret-hash.js';
import type { AppClient } from '../../model/app-client.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';

/**
 * Checks SECRET_HASH; any of the client's secrets may have made it. A public client's is not looked at.
 *
 * @param username - exactly as the same call sends it.
 * @throws CognitoFault NotAuthorizedException
 */
export function assertSecretHash(client: AppClient, username: string, hash: string | undefined): void {
  if (isMissing(client, hash)) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  if (!hashMatches(client, username, hash)) {
    throw notAuthorized(`Unable to verify secret hash for client ${client.id}`);
  }
}

/**
 * Checks SECRET_HASH of REFRESH_TOKEN_AUTH, which has a text of its own.
 *
 * @param username - the internal username.
 */
export function assertRefreshSecretHash(client: AppClient, username: string, hash: string | undefined): void {
  if (isMissing(client, hash)) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  if (!hashMatches(client, username, hash)) {
    throw notAuthorized(`SecretHash does not match for the client: ${client.id}`);
  }
}

/** Whether a plain ClientSecret, as GetTokensFromRefreshToken and RevokeToken take it, is one of the client's. */
export function secretMatches(client: AppClient, secret: string | undefined): boolean {
  return client.secrets.length === 0 || client.secrets.some(({ value }) => equalTexts(value, secret ?? ''));
}

/** UnauthorizedException of RevokeToken and others that take a plain secret. */
export function invalidClientSecret(): CognitoFault {
  return new CognitoFault('UnauthorizedException', 'Invalid client or secret');
}

function isMissing(client: AppClient, hash: string | undefined): boolean {
  return client.secrets.length > 0 && hash === undefined;
}

function hashMatches(client: AppClient, username: string, hash = ''): boolean {
  return (
    client.secrets.length === 0 ||
    client.secrets.some(({ value }) => equalTexts(secretHash(username, client.id, value), hash))
  );
}

function equalTexts(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
