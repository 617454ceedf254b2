import type { AttemptState } from '../../model/challenge-session.js';
import type { AuthMethod } from '../../model/sign-in.js';
import type { MfaFactor, User } from '../../model/user.js';
import { recordMethod } from '../assurance.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { assertNotLocked, recordFailure } from '../users/attempt-limits.js';
import { hasUser, type KnownUserAttempt, type SignInAttempt } from './attempt.js';
import { incorrectPassword } from './faults.js';
import type { StepOutcome } from './step.js';

const MFA_METHODS: Readonly<Record<MfaFactor, AuthMethod>> = {
  SMS_MFA: 'sms',
  EMAIL_OTP: 'email',
  SOFTWARE_TOKEN_MFA: 'totp',
};

/**
 * Checks a password, in plain text or by SRP. Failures count towards the lockout.
 *
 * @param isCorrect - not called while the user is locked out.
 * @throws CognitoFault NotAuthorizedException if the password is wrong or the user is unknown or locked out;
 *   UserNotConfirmedException, whatever the password is, if the user has not confirmed the sign-up.
 */
export async function checkPassword(
  environment: Environment,
  attempt: SignInAttempt,
  isCorrect: (attempt: KnownUserAttempt) => boolean | Promise<boolean>,
): Promise<StepOutcome> {
  if (!hasUser(attempt)) {
    throw incorrectPassword();
  }
  const { user, state } = attempt;
  assertConfirmed(user);
  assertNotLocked(environment, user);
  if (!(await isCorrect(attempt))) {
    recordFailure(environment, user);
    throw incorrectPassword();
  }
  delete user.failedPasswords;
  recordMethod(state, 'password');
  assertMayContinue(user);
  return { passed: attempt };
}

/**
 * Checks a one-time or authenticator code. Failures count towards a lockout of their own.
 *
 * @param check - throws if the code is wrong. Not called while the user is locked out.
 */
export function checkCode(environment: Environment, user: User, check: () => void): void {
  assertNotLocked(environment, user, 'failedMfaCodes');
  try {
    check();
  } catch (error) {
    recordFailure(environment, user, 'failedMfaCodes');
    throw error;
  }
  delete user.failedMfaCodes;
}

/** Passes a first factor that needs no second one: a one-time code or a passkey. */
export function passFirstFactor(attempt: KnownUserAttempt, method: AuthMethod): StepOutcome {
  recordMethod(attempt.state, method);
  attempt.state.mfaDone = true;
  assertMayContinue(attempt.user);
  return { passed: attempt };
}

/** Passes the second factor. */
export function passSecondFactor(attempt: KnownUserAttempt, factor: MfaFactor): StepOutcome {
  assertMayContinue(attempt.user);
  attempt.state.mfaDone = true;
  recordMethod(attempt.state, MFA_METHODS[factor]);
  recordCustomResult(attempt.state, factor);
  return { passed: attempt };
}

/** Records that a built-in challenge was passed within CUSTOM_AUTH, for DefineAuthChallenge. */
export function recordCustomResult(state: AttemptState, challengeName: string): void {
  state.custom?.results.push({ challengeName, challengeResult: true });
}

/** @throws CognitoFault if the user's state forbids signing in although the factor was correct. */
export function assertMayContinue(user: User): void {
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  assertConfirmed(user);
  if (user.status === 'RESET_REQUIRED') {
    throw new CognitoFault('PasswordResetRequiredException', 'Password reset required for the user');
  }
}

/**
 * Ensures that a sign-up is confirmed, before a password is looked at. A disabled user is told only after the password.
 *
 * @throws CognitoFault UserNotConfirmedException
 */
export function assertConfirmed({ enabled, status }: User): void {
  if (enabled && status === 'UNCONFIRMED') {
    throw new CognitoFault('UserNotConfirmedException', 'User is not confirmed.');
  }
}
