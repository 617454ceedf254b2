import { verifyAssertion } from '../../passkeys/assertion.js';
import type { ChallengeResponder } from '../attempt.js';
import { settleFirstFactor } from '../choice/settle-first-factor.js';
import { resumedAttempt } from '../new-attempt.js';
import { parameter } from '../parameters.js';
import { invalidSession } from '../refusals.js';

/** WEB_AUTHN: what the browser signed with a passkey. */
export const webAuthn: ChallengeResponder = async (environment, request) => {
  const attempt = resumedAttempt(request);
  const { pool, state, user } = attempt;
  if (state.webAuthnChallenge === undefined) {
    throw invalidSession();
  }
  await verifyAssertion(pool, user, state.webAuthnChallenge, parameter(request.responses, 'CREDENTIAL'));
  delete state.webAuthnChallenge;
  return settleFirstFactor(environment, attempt, 'passkey');
};
