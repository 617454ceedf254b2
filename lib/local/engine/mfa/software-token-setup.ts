import type { ChallengeSession } from '../../model/challenge-session.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { clientById } from '../pools/pool-lookup.js';
import { invalidSession } from '../sign-in/faults.js';
import { checkCode } from '../sign-in/factor-checks.js';
import { totpNotAssociated, totpNotEnabledByPool, totpNotVerified } from './mfa-faults.js';
import { enableFactor } from './preferences.js';
import { matchingStep, newTotpSecret } from './software-token.js';

/** AssociateSoftwareToken with an access token: a new secret, pending until VerifySoftwareToken. */
export function associateToken({ random }: Pick<Environment, 'random'>, pool: Pool, user: User): string {
  assertPoolHasTotp(pool);
  user.pendingSoftwareToken = newTotpSecret(random);
  return user.pendingSoftwareToken;
}

/** AssociateSoftwareToken with the session of MFA_SETUP. Returns a new session. */
export function associateTokenInSession(
  environment: Environment,
  token: string,
): { readonly secret: string; readonly session: string } {
  const { session, pool } = setupSession(environment, token);
  assertPoolHasTotp(pool);
  const secret = newTotpSecret(environment.random);
  return { secret, session: replaceSession(environment, session, { secret, verified: false }) };
}

/**
 * VerifySoftwareToken with an access token: replaces the user's authenticator. SetUserMFAPreference enables it.
 *
 * @throws CognitoFault EnableSoftwareTokenMFAException for a wrong code, SoftwareTokenMFANotFoundException without a
 *   pending secret.
 */
export function verifyToken(
  environment: Environment,
  pool: Pool,
  user: User,
  code: string,
  friendlyName?: string,
): void {
  assertPoolHasTotp(pool);
  register(environment, user, user.pendingSoftwareToken ?? user.softwareToken?.secret, code, friendlyName);
}

/** VerifySoftwareToken with the session of MFA_SETUP: enables the authenticator at once. Returns a new session. */
export function verifyTokenInSession(
  environment: Environment,
  token: string,
  code: string,
  friendlyName?: string,
): string {
  const { session, user } = setupSession(environment, token);
  const secret = session.state.softwareTokenSetup?.secret;
  register(environment, user, secret, code, friendlyName);
  enableFactor(user, 'SOFTWARE_TOKEN_MFA');
  return replaceSession(environment, session, { secret: secret ?? '', verified: true });
}

function register(
  environment: Environment,
  user: User,
  secret: string | undefined,
  code: string,
  friendlyName: string | undefined,
): void {
  if (secret === undefined) {
    throw totpNotAssociated();
  }
  checkCode(environment, user, () => {
    const step = matchingStep(environment, secret, code);
    if (step === undefined) {
      throw totpNotVerified();
    }
    user.softwareToken = {
      secret,
      verified: true,
      ...(friendlyName !== undefined && { friendlyName }),
      lastStep: step,
    };
  });
  delete user.pendingSoftwareToken;
  user.modifiedAt = environment.clock();
}

function assertPoolHasTotp({ mfa }: Pool): void {
  if (mfa.configuration === 'OFF' || !mfa.softwareToken?.Enabled) {
    throw totpNotEnabledByPool();
  }
}

/** @throws CognitoFault NotAuthorizedException when the session does not belong to MFA_SETUP. */
function setupSession(
  environment: Environment,
  token: string,
): { readonly session: ChallengeSession; readonly pool: Pool; readonly user: User } {
  const session = environment.sessions.find(token);
  const pool = environment.pools.byId(session.poolId);
  const user = pool?.users.byUsername(session.username ?? '');
  if (session.challenge !== 'MFA_SETUP' || pool === undefined || user === undefined) {
    throw invalidSession();
  }
  return { session, pool, user };
}

function replaceSession(
  environment: Environment,
  session: ChallengeSession,
  softwareTokenSetup: NonNullable<ChallengeSession['state']['softwareTokenSetup']>,
): string {
  const { client } = clientById(environment, session.clientId);
  const state = { ...session.state, softwareTokenSetup };
  session.spent = true;
  return environment.sessions.open(client, { ...session, state }).token;
}
