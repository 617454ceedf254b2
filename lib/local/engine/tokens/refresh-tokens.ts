import { createHash } from 'node:crypto';

import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { RefreshToken, SignIn } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import { tokenValidity } from '../clients/token-validity.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { isFor, namesIn, refreshTokenFor } from './refresh-token-names.js';

/** RefreshTokenRotation allows no longer RetryGracePeriodSeconds. */
const LONGEST_GRACE_MS = 60_000;

/** The scope of tokens that the API issues, as opposed to managed login. */
export const API_SCOPE = 'aws.cognito.signin.user.admin';

/** A valid refresh token with its sign-in and user. */
export interface UsableRefreshToken {
  readonly signIn: SignIn;
  readonly token: RefreshToken;
  readonly user: User;
}

/** A successful sign-in. */
export interface NewSignIn {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
  readonly deviceKey?: string | undefined;
  /** Undefined for a sign-in through the API. */
  readonly managedLogin?: {
    readonly scopes: string[];
    /** Epoch seconds. */
    readonly authTime: number;
    readonly resource?: string;
  };
}

/** Stores a sign-in and issues its first refresh token. */
export function openSignIn(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  { pool, client, user, deviceKey, managedLogin }: NewSignIn,
): { readonly signIn: SignIn; readonly refreshToken: string } {
  const now = clock();
  const { scopes = [API_SCOPE], authTime = Math.floor(now / 1000), resource } = managedLogin ?? {};
  const signIn: SignIn = {
    eventId: random.uuid(),
    originJti: random.uuid(),
    clientId: client.id,
    sub: user.sub,
    authTime,
    expiresAt: now + tokenValidity(client).refresh * 1000,
    scopes,
    ...(managedLogin && { managedLogin: resource === undefined ? {} : { resource } }),
    ...(deviceKey !== undefined && { deviceKey }),
    refreshTokens: [],
  };
  const refreshToken = refreshTokenFor(random, signIn);
  signIn.refreshTokens = [{ digest: digestOf(refreshToken) }];
  pool.signIns.add(signIn, now);
  return { signIn, refreshToken };
}

/**
 * Verifies a refresh token.
 *
 * @throws CognitoFault NotAuthorizedException if it is unknown, expired, revoked or another client's, or its user is
 *   disabled or no longer exists; RefreshTokenReuseException if it was rotated and its grace period is over.
 */
export function useRefreshToken(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  client: AppClient,
  text: string,
): UsableRefreshToken {
  const digest = digestOf(text);
  const signIn = pool.signIns.byRefreshDigest(digest);
  const token = signIn?.refreshTokens.find((candidate) => candidate.digest === digest);
  const names = signIn ?? namesIn(text);
  if (names === undefined || !isFor(client, names)) {
    throw notAuthorized('Invalid Refresh Token');
  }
  const user = pool.users.bySubject(names.sub);
  if (user === undefined) {
    throw notAuthorized('The user has been deleted for the associated refresh token');
  }
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  if (clock() >= names.expiresAt) {
    throw notAuthorized('Refresh Token has expired');
  }
  if (signIn === undefined || token === undefined) {
    throw pool.signIns.byEventId(names.eventId) === undefined
      ? notAuthorized('Refresh Token has been revoked')
      : rotatedAway();
  }
  assertNotReplaced(clock(), token, client);
  return { signIn, token, user };
}

/** The sign-in of a refresh token, even if expired or rotated. */
export function signInOfRefreshToken(pool: Pool, text: string): SignIn | undefined {
  const found = pool.signIns.byRefreshDigest(digestOf(text));
  return found ?? pool.signIns.byEventId(namesIn(text)?.eventId ?? '');
}

/** Rotates a refresh token. The expiry does not change. */
export function rotateRefreshToken(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  { signIn, token }: UsableRefreshToken,
): string {
  const now = clock();
  const next = refreshTokenFor(random, signIn);
  token.replacedAt ??= now;
  const usable = signIn.refreshTokens.filter(({ replacedAt = now }) => now < replacedAt + LONGEST_GRACE_MS);
  pool.signIns.setRefreshTokens(signIn, [...usable, { digest: digestOf(next) }]);
  return next;
}

/** Whether a client's refresh tokens rotate at each use. */
export function rotates(client: AppClient): boolean {
  return client.settings.RefreshTokenRotation?.Feature === 'ENABLED';
}

function assertNotReplaced(now: number, { replacedAt }: RefreshToken, client: AppClient): void {
  const grace = client.settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0;
  if (replacedAt !== undefined && now >= replacedAt + grace * 1000) {
    throw rotatedAway();
  }
}

function rotatedAway(): CognitoFault {
  return new CognitoFault('RefreshTokenReuseException', 'Refresh token has been invalidated by rotation');
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
