import type { FailedAttempts, User } from '../../model/user.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

const HOUR = 3_600_000;
const QUIET = 15 * 60_000;
const FREE_FAILURES = 5;
const LONGEST_LOCK = 15 * 60_000;

/** How often a user may do something within an hour. */
const HOURLY_LIMITS = {
  ConfirmSignUp: 15,
  ResendConfirmationCode: 5,
  ChangePassword: 5,
  GetUserAttributeVerificationCode: 5,
  VerifyUserAttribute: 15,
  /** Both are 5 to 20 in the service, by its estimate of the risk; this is the kind end. */
  ForgotPassword: 20,
  ConfirmForgotPassword: 20,
} as const;

type Clocked = Pick<Environment, 'clock'>;

/** What fails repeatedly: passwords and second factors are counted apart. */
export type Counter = 'failedPasswords' | 'failedMfaCodes';

/**
 * Counts an attempt.
 *
 * @throws CognitoFault LimitExceededException when there were too many within the last hour.
 */
export function countAttempt({ clock }: Clocked, user: User, operation: keyof typeof HOURLY_LIMITS): void {
  const now = clock();
  const recent = (user.attempts[operation] ?? []).filter((time) => time > now - HOUR);
  if (recent.length >= HOURLY_LIMITS[operation]) {
    throw new CognitoFault('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  }
  user.attempts[operation] = [...recent, now];
}

/** @throws CognitoFault NotAuthorizedException while the user is locked out. Tries during that time do not count. */
export function assertNotLocked({ clock }: Clocked, user: User, counter: Counter = 'failedPasswords'): void {
  if (clock() < (user[counter]?.lockedUntil ?? 0)) {
    throw notAuthorized('Password attempts exceeded');
  }
}

/** Counts a failure: from the fifth in a row the user is locked for 1, 2, 4 ... seconds, at most 15 minutes. */
export function recordFailure({ clock }: Clocked, user: User, counter: Counter = 'failedPasswords'): void {
  const now = clock();
  const count = failuresSoFar(user[counter], now) + 1;
  const lock = count < FREE_FAILURES ? 0 : Math.min(2 ** (count - FREE_FAILURES) * 1000, LONGEST_LOCK);
  user[counter] = { count, lastAt: now, lockedUntil: now + lock };
}

function failuresSoFar(failed: FailedAttempts | undefined, now: number): number {
  return failed === undefined || now - failed.lastAt >= QUIET ? 0 : failed.count;
}
