import type { FailedAttempts, User } from '../../model/user.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

const HOUR_MS = 3_600_000;
/** Failures are forgotten after this time without another one. */
const FAILURE_RESET_MS = 15 * 60_000;
/** The number of consecutive failures that locks a user. */
const FAILURES_BEFORE_LOCKOUT = 5;
const MAX_LOCKOUT_MS = 15 * 60_000;

/** Maximum number of calls of an operation per user and hour. */
const HOURLY_LIMITS = {
  ConfirmSignUp: 15,
  ResendConfirmationCode: 5,
  ChangePassword: 5,
  GetUserAttributeVerificationCode: 5,
  VerifyUserAttribute: 15,
  /** In the service 5 to 20, depending on the risk. This is the upper bound. */
  ForgotPassword: 20,
  ConfirmForgotPassword: 20,
} as const;

type Clocked = Pick<Environment, 'clock'>;

/** Wrong passwords and wrong second factors are counted separately. */
export type FailureCounter = 'failedPasswords' | 'failedMfaCodes';

/**
 * Counts a call of a rate-limited operation.
 *
 * @throws CognitoFault LimitExceededException when the limit of the last hour is exceeded.
 */
export function countAttempt({ clock }: Clocked, user: User, operation: keyof typeof HOURLY_LIMITS): void {
  const now = clock();
  const recent = (user.attempts[operation] ?? []).filter((time) => time > now - HOUR_MS);
  if (recent.length >= HOURLY_LIMITS[operation]) {
    throw new CognitoFault('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  }
  user.attempts[operation] = [...recent, now];
}

/** @throws CognitoFault NotAuthorizedException during a lockout. Attempts during a lockout do not count as failures. */
export function assertNotLocked({ clock }: Clocked, user: User, counter: FailureCounter = 'failedPasswords'): void {
  if (clock() < (user[counter]?.lockedUntil ?? 0)) {
    throw notAuthorized('Password attempts exceeded');
  }
}

/** Counts a failure. The fifth in a row and every further one lock the user out for 1, 2, 4 ... seconds, at most 15 min. */
export function recordFailure({ clock }: Clocked, user: User, counter: FailureCounter = 'failedPasswords'): void {
  const now = clock();
  const count = recentFailures(user[counter], now) + 1;
  const lockoutMs =
    count < FAILURES_BEFORE_LOCKOUT ? 0 : Math.min(2 ** (count - FAILURES_BEFORE_LOCKOUT) * 1000, MAX_LOCKOUT_MS);
  user[counter] = { count, lastAt: now, lockedUntil: now + lockoutMs };
}

function recentFailures(failed: FailedAttempts | undefined, now: number): number {
  return failed === undefined || now - failed.lastAt >= FAILURE_RESET_MS ? 0 : failed.count;
}
