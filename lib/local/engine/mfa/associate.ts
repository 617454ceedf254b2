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

/** Gives a signed-in user a secret for an authenticator app. It counts once a code has shown that the app has it. */
export function associate({ random }: Pick<Environment, 'random'>, pool: Pool, user: User): string {
  assertPoolHasTotp(pool);
  user.pendingSoftwareToken = newTotpSecret(random);
  return user.pendingSoftwareToken;
}

/** The same in the middle of a sign-in, at MFA_SETUP. The session is replaced. */
export function associateInSession(
  environment: Environment,
  token: string,
): { readonly secret: string; readonly session: string } {
  const { session, pool } = setupStep(environment, token);
  assertPoolHasTotp(pool);
  const secret = newTotpSecret(environment.random);
  return { secret, session: renewed(environment, session, { secret, verified: false }) };
}

/**
 * Takes the first code of a signed-in user's authenticator, which replaces the one before. The user is asked for it once
 * SetUserMFAPreference says so.
 *
 * @throws CognitoFault EnableSoftwareTokenMFAException for a wrong code, SoftwareTokenMFANotFoundException when there is
 *   nothing to verify.
 */
export function verify(environment: Environment, pool: Pool, user: User, code: string, friendlyName?: string): void {
  assertPoolHasTotp(pool);
  register(environment, user, user.pendingSoftwareToken ?? user.softwareToken?.secret, code, friendlyName);
}

/** The same in the middle of a sign-in. The authenticator is active at once, and the session is replaced. */
export function verifyInSession(environment: Environment, token: string, code: string, friendlyName?: string): string {
  const { session, user } = setupStep(environment, token);
  const secret = session.state.softwareTokenSetup?.secret;
  register(environment, user, secret, code, friendlyName);
  enableFactor(user, 'SOFTWARE_TOKEN_MFA');
  return renewed(environment, session, { secret: secret ?? '', verified: true });
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

/** @throws CognitoFault NotAuthorizedException when the session is not one of MFA_SETUP. */
function setupStep(
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

function renewed(
  environment: Environment,
  session: ChallengeSession,
  softwareTokenSetup: NonNullable<ChallengeSession['state']['softwareTokenSetup']>,
): string {
  const { client } = clientById(environment, session.clientId);
  const state = { ...session.state, softwareTokenSetup };
  session.spent = true;
  return environment.sessions.open(client, { ...session, state }).token;
}
