import { notAuthorized } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { requestOptions, verifyAssertion } from '../../passkeys/assertion.js';
import { resumeKnownUserAttempt, type SignInAttempt } from '../attempt.js';
import { passFirstFactor } from '../factor-checks.js';
import { incorrectPassword, invalidSession, requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { poseChallenge } from './pose-challenge.js';

/** WEB_AUTHN: asks for a signature of one of the user's passkeys. */
export function poseWebAuthn(environment: Environment, attempt: SignInAttempt): AuthResponse {
  const { pool, user, state } = attempt;
  if (user === undefined) {
    throw incorrectPassword();
  }
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  const options = requestOptions(environment.random, pool, user);
  state.webAuthnChallenge = options.challenge;
  return poseChallenge(environment, attempt, {
    name: 'WEB_AUTHN',
    parameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
    available: ['WEB_AUTHN'],
  });
}

/** Verifies the passkey's assertion. */
export const answerWebAuthn: ChallengeResponder = async (_environment, request) => {
  const attempt = resumeKnownUserAttempt(request);
  const { pool, state, user } = attempt;
  if (state.webAuthnChallenge === undefined) {
    throw invalidSession();
  }
  await verifyAssertion(pool, user, state.webAuthnChallenge, requiredParameter(request.responses, 'CREDENTIAL'));
  delete state.webAuthnChallenge;
  return passFirstFactor(attempt, 'passkey');
};
