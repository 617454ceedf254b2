import { assertSecretHash } from '../../clients/client-secret.js';
import type { FlowStarter } from '../attempt.js';
import { beforeAuthentication } from '../authentication-triggers.js';
import { isKnown, newCandidate } from '../choice/candidate.js';
import { continueCustom } from '../custom/continue-custom.js';
import { customAuthNotConfigured } from '../custom/custom-triggers.js';
import { assertMayContinue } from '../first-factor.js';
import { parameter } from '../parameters.js';

/** CUSTOM_AUTH: triggers decide. With CHALLENGE_NAME=SRP_A they begin with a password proof, and MFA follows that. */
export const customFlow: FlowStarter = async (environment, request) => {
  const { client, parameters, pool } = request;
  const typedName = parameter(parameters, 'USERNAME');
  assertSecretHash(client, typedName, parameters['SECRET_HASH']);
  if (!environment.triggers.has(pool.id, 'defineAuthChallenge')) {
    throw customAuthNotConfigured();
  }
  const withSrp = parameters['CHALLENGE_NAME'] === 'SRP_A';
  const clientPublic = withSrp ? parameter(parameters, 'SRP_A') : undefined;
  const candidate = newCandidate(request, typedName);
  await beforeAuthentication(environment, request, candidate);
  if (isKnown(candidate) && !withSrp) {
    assertMayContinue(candidate.user);
    // Without a password the custom challenges stand for all factors.
    candidate.state.mfaDone = true;
  }
  candidate.state.custom = { results: withSrp ? [{ challengeName: 'SRP_A', challengeResult: true }] : [] };
  return continueCustom(environment, candidate, clientPublic);
};
