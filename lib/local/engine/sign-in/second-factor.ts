import type { AuthMethod } from '../../model/auth-method.js';
import type { MfaFactor, User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { assertNotLocked, recordFailure } from '../users/attempt-limits.js';
import { advance } from './advance.js';
import type { AuthAnswer, SignInAttempt } from './attempt.js';
import { noteMethod } from '../assurance.js';
import { noteCustomResult } from './custom-results.js';
import { assertMayContinue } from './first-factor.js';

const METHODS: Readonly<Record<MfaFactor, AuthMethod>> = {
  SMS_MFA: 'sms',
  EMAIL_OTP: 'email',
  SOFTWARE_TOKEN_MFA: 'totp',
};

/** Checks a second factor's code: failures count, and from the fifth in a row the user has to wait. */
export function tryCode(environment: Environment, user: User, check: () => void): void {
  assertNotLocked(environment, user, 'failedMfaCodes');
  try {
    check();
  } catch (error) {
    recordFailure(environment, user, 'failedMfaCodes');
    throw error;
  }
  delete user.failedMfaCodes;
}

/** Goes on after a proven second factor. */
export async function secondFactorProven(
  environment: Environment,
  attempt: SignInAttempt,
  factor: MfaFactor,
): Promise<AuthAnswer> {
  assertMayContinue(attempt.user);
  attempt.state.mfaDone = true;
  noteMethod(attempt.state, METHODS[factor]);
  noteCustomResult(attempt.state, factor);
  return advance(environment, attempt);
}
