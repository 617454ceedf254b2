import { assertSecretHash } from '../../clients/client-secret.js';
import { findUserFor } from '../../users/find-user.js';
import { hasUser, startAttempt } from '../attempt.js';
import { continueCustomAuth } from '../challenges/custom-challenge.js';
import { assertMayContinue } from '../factor-checks.js';
import { requiredParameter } from '../faults.js';
import type { Flow } from '../step.js';
import { beforeAuthentication, customAuthNotConfigured } from '../triggers.js';

/** CUSTOM_AUTH: triggers decide. With CHALLENGE_NAME=SRP_A they begin with the password, and MFA follows it. */
export const customAuth: Flow = async (environment, request) => {
  const { client, parameters, pool } = request;
  const typedName = requiredParameter(parameters, 'USERNAME');
  assertSecretHash(client, typedName, parameters['SECRET_HASH']);
  if (!environment.triggers.has(pool, 'defineAuthChallenge')) {
    throw customAuthNotConfigured();
  }
  const withSrp = parameters['CHALLENGE_NAME'] === 'SRP_A';
  const clientPublic = withSrp ? requiredParameter(parameters, 'SRP_A') : undefined;
  const attempt = startAttempt(request, typedName, findUserFor(client, pool, typedName));
  await beforeAuthentication(environment, request, attempt);
  if (hasUser(attempt) && !withSrp) {
    assertMayContinue(attempt.user);
    // Without a password the custom challenges replace all factors.
    attempt.state.mfaDone = true;
  }
  attempt.state.custom = { results: withSrp ? [{ challengeName: 'SRP_A', challengeResult: true }] : [] };
  return continueCustomAuth(environment, attempt, clientPublic);
};
