import { assertSecretHash } from '../../clients/client-secret.js';
import { findUserFor } from '../../users/find-user.js';
import { startAttempt } from '../attempt.js';
import { requiredParameter } from '../faults.js';
import { passwordVerifierParameters } from '../srp-exchange.js';
import type { Flow } from '../step.js';
import { beforeAuthentication } from '../triggers.js';

/** USER_SRP_AUTH. Of the user's state only an unconfirmed sign-up is revealed before the password is proven. */
export const userSrpAuth: Flow = async (environment, request) => {
  const { client, parameters, pool } = request;
  const typedName = requiredParameter(parameters, 'USERNAME');
  const clientPublic = requiredParameter(parameters, 'SRP_A');
  assertSecretHash(client, typedName, parameters['SECRET_HASH']);
  const attempt = startAttempt(request, typedName, findUserFor(client, pool, typedName));
  await beforeAuthentication(environment, request, attempt);
  return {
    // Without a session: the secret block holds all that the answer needs.
    response: {
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: passwordVerifierParameters(environment, attempt, clientPublic),
    },
  };
};
