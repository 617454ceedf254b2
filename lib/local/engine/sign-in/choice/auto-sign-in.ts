import type { AppClient } from '../../../model/app-client.js';
import type { ChallengeSession } from '../../../model/challenge-session.js';
import type { Pool } from '../../../model/pool.js';
import type { User } from '../../../model/user.js';
import type { Environment } from '../../environment.js';
import type { Channel } from '../../messages/outgoing-message.js';
import type { AuthAnswer } from '../attempt.js';
import { invalidSession } from '../refusals.js';
import { type Candidate, isKnown } from './candidate.js';
import { poolAllows } from './first-factors.js';
import { settleFirstFactor } from './settle-first-factor.js';

const FACTORS = { email: 'EMAIL_OTP', phone_number: 'SMS_OTP' } as const satisfies Record<Channel, string>;

/** Somebody who signs up through a client. */
export interface NewUser {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
}

/** The same when the code of the sign-up is right. */
export interface ConfirmedNewUser extends NewUser {
  /** SignUp's session, which is spent by this. Amplify does not send it and expects the next one all the same. */
  readonly session: ChallengeSession | undefined;
  /** Where the code went. */
  readonly channel: Channel;
}

/**
 * The session that SignUp answers with; with a right code, the one of ConfirmSignUp, which signs the new user in. Nothing
 * where the client does not sign in by choice.
 */
export function signUpSession(
  { sessions }: Pick<Environment, 'sessions'>,
  { pool, client, user, ...confirmed }: NewUser | ConfirmedNewUser,
): { readonly Session?: string } {
  if (!client.settings.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH')) {
    return {};
  }
  if ('session' in confirmed && confirmed.session !== undefined) {
    confirmed.session.spent = true;
  }
  const step = {
    poolId: pool.id,
    clientId: client.id,
    username: user.username,
    typedName: user.username,
    flow: 'USER_AUTH',
    admin: false,
    // Nothing waits for an answer yet; without a list of offers SELECT_CHALLENGE takes none.
    challenge: 'SELECT_CHALLENGE',
    state: { signUp: 'channel' in confirmed ? { confirmed: confirmed.channel } : {} },
  } as const;
  return { Session: sessions.open(step, client.settings.AuthSessionValidity ?? 3).token };
}

/**
 * Finds the session of a sign-up, and does not spend it: the code that comes with it may be wrong.
 *
 * @throws CognitoFault NotAuthorizedException unless SignUp or ConfirmSignUp gave it for this user.
 */
export function findSignUpSession(
  { sessions }: Pick<Environment, 'sessions'>,
  { pool, client, user }: NewUser,
  token: string | undefined,
): ChallengeSession | undefined {
  const session = token === undefined ? undefined : sessions.find(token, { poolId: pool.id, clientId: client.id });
  if (session !== undefined && (session.state.signUp === undefined || session.username !== user.username)) {
    throw invalidSession();
  }
  return session;
}

/**
 * Signs in who has just confirmed a sign-up: the code that they gave counts as a one-time code.
 *
 * @returns undefined when the pool does not take that as a first factor; the client then has to choose one.
 * @throws CognitoFault NotAuthorizedException unless ConfirmSignUp gave the session for this user.
 */
export async function autoSignIn(
  environment: Environment,
  candidate: Candidate,
  token: string,
): Promise<AuthAnswer | undefined> {
  const session = isKnown(candidate) ? findSignUpSession(environment, candidate, token) : undefined;
  const confirmed = session?.state.signUp?.confirmed;
  if (!isKnown(candidate) || session === undefined || confirmed === undefined) {
    throw invalidSession();
  }
  session.spent = true;
  const { pool } = candidate;
  return poolAllows(pool, FACTORS[confirmed]) && pool.mfa.configuration !== 'ON'
    ? settleFirstFactor(environment, candidate, confirmed === 'email' ? 'email' : 'sms')
    : undefined;
}
