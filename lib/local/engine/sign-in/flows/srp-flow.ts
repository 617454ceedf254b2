import { assertSecretHash } from '../../clients/client-secret.js';
import { findUserFor, hidesUsers, userNotFound } from '../../users/find-user.js';
import type { FlowStarter } from '../attempt.js';
import { beforeAuthentication } from '../authentication-triggers.js';
import { parameter } from '../parameters.js';
import { srpChallengeParameters } from '../srp-exchange.js';

/** USER_SRP_AUTH. The user's state is told only once the password is proven. */
export const srpFlow: FlowStarter = async (environment, request) => {
  const { pool, client, parameters, flow } = request;
  const typedName = parameter(parameters, 'USERNAME');
  const clientPublic = parameter(parameters, 'SRP_A');
  assertSecretHash(client, typedName, parameters['SECRET_HASH']);
  const user = findUserFor(client, pool, typedName);
  if (user === undefined && !hidesUsers(client)) {
    throw userNotFound();
  }
  await beforeAuthentication(environment, request, { user, typedName });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: srpChallengeParameters(environment, { pool, client, user, typedName, flow }, clientPublic),
  };
};
