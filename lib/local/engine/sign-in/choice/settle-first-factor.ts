import type { AuthMethod } from '../../../model/auth-method.js';
import type { Environment } from '../../environment.js';
import { advance } from '../advance.js';
import type { AuthAnswer, SignInAttempt } from '../attempt.js';
import { assertMayContinue } from '../first-factor.js';
import { noteMethod } from '../../assurance.js';

/** Settles a first factor that stands for itself: no second one is asked for after a code or a passkey. */
export async function settleFirstFactor(
  environment: Environment,
  attempt: SignInAttempt,
  method: AuthMethod,
): Promise<AuthAnswer> {
  noteMethod(attempt.state, method);
  attempt.state.mfaDone = true;
  assertMayContinue(attempt.user);
  return advance(environment, attempt);
}
