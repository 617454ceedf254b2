import type { User } from '../../model/user.js';
import { noteMethod } from '../assurance.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { assertNotLocked, recordFailure } from '../users/attempt-limits.js';
import { advance } from './advance.js';
import type { AuthAnswer, SignInAttempt } from './attempt.js';
import { incorrectPassword } from './refusals.js';

/**
 * Settles a password proof, however it was made.
 *
 * @param proven - tells whether the password was right; not asked while the user is locked out.
 */
export async function settlePassword(
  environment: Environment,
  attempt: SignInAttempt,
  proven: () => boolean,
): Promise<AuthAnswer> {
  const { user } = attempt;
  assertNotLocked(environment, user);
  if (!proven()) {
    recordFailure(environment, user);
    throw incorrectPassword();
  }
  delete user.failedPasswords;
  noteMethod(attempt.state, 'password');
  assertMayContinue(user);
  return advance(environment, attempt);
}

/** @throws CognitoFault when the user's state forbids signing in although the first factor was right. */
export function assertMayContinue(user: User): void {
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  if (user.status === 'UNCONFIRMED') {
    throw new CognitoFault('UserNotConfirmedException', 'User is not confirmed.');
  }
  if (user.status === 'RESET_REQUIRED') {
    throw new CognitoFault('PasswordResetRequiredException', 'Password reset required for the user');
  }
}
