import type { AppClient } from '../../../model/app-client.js';
import type { ChallengeSession } from '../../../model/challenge-session.js';
import type { Pool } from '../../../model/pool.js';
import type { User } from '../../../model/user.js';
import type { Environment } from '../../environment.js';
import type { Channel } from '../../messages/outgoing-message.js';
import { hasUser, type SignInAttempt } from '../attempt.js';
import { passFirstFactor } from '../factor-checks.js';
import { invalidSession } from '../faults.js';
import { poolAllows } from '../first-factors.js';
import type { StepOutcome } from '../step.js';

const FACTORS = { email: 'EMAIL_OTP', phone_number: 'SMS_OTP' } as const satisfies Record<Channel, string>;

/** A user who signs up through an app client. */
export interface NewUser {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
}

/** A user whose sign-up has just been confirmed. */
export interface ConfirmedNewUser extends NewUser {
  /** Session of SignUp, which is spent by this. Amplify does not send it, yet expects the next one. */
  readonly session: ChallengeSession | undefined;
  /** Where the confirmation code was sent. */
  readonly channel: Channel;
}

/**
 * The session that SignUp returns, or the one that ConfirmSignUp returns and that signs the new user in. Clients without
 * ALLOW_USER_AUTH get none.
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
  const session = sessions.open(client, {
    poolId: pool.id,
    username: user.username,
    typedName: user.username,
    flow: 'USER_AUTH',
    // No challenge is posed yet. Without offered factors SELECT_CHALLENGE accepts no answer.
    challenge: 'SELECT_CHALLENGE',
    state: { signUp: 'channel' in confirmed ? { confirmed: confirmed.channel } : {} },
  });
  return { Session: session.token };
}

/**
 * Finds the session of a sign-up without spending it: the code that comes with it may be wrong.
 *
 * @throws CognitoFault NotAuthorizedException unless SignUp or ConfirmSignUp returned it for this user.
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
 * Signs in a user who has just confirmed a sign-up: the confirmation code counts as a one-time code.
 *
 * @returns undefined if the pool does not allow one-time codes as first factor. A first factor must then be chosen.
 * @throws CognitoFault NotAuthorizedException unless ConfirmSignUp returned the session for this user.
 */
export function autoSignIn(environment: Environment, attempt: SignInAttempt, token: string): StepOutcome | undefined {
  const session = hasUser(attempt) ? findSignUpSession(environment, attempt, token) : undefined;
  const confirmed = session?.state.signUp?.confirmed;
  if (!hasUser(attempt) || session === undefined || confirmed === undefined) {
    throw invalidSession();
  }
  session.spent = true;
  const { pool } = attempt;
  return poolAllows(pool, FACTORS[confirmed]) && pool.mfa.configuration !== 'ON'
    ? passFirstFactor(attempt, confirmed === 'email' ? 'email' : 'sms')
    : undefined;
}
