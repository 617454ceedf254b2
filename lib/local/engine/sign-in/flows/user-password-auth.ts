import { assertSecretHash } from '../../clients/client-secret.js';
import { findUserFor } from '../../users/find-user.js';
import { migrateUser } from '../../users/migrate-user.js';
import { startAttempt } from '../attempt.js';
import { checkPlainPassword } from '../challenges/password.js';
import { requiredParameter } from '../faults.js';
import type { Flow } from '../step.js';
import { beforeAuthentication } from '../triggers.js';

/** USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH. UserMigration may create an unknown user. */
export const userPasswordAuth: Flow = async (environment, request) => {
  const { pool, client, parameters, clientMetadata } = request;
  const username = requiredParameter(parameters, 'USERNAME');
  const password = requiredParameter(parameters, 'PASSWORD');
  assertSecretHash(client, username, parameters['SECRET_HASH']);
  const user =
    findUserFor(client, pool, username) ??
    (await migrateUser(environment, { pool, client, username, password, validationData: clientMetadata }));
  const attempt = startAttempt(request, username, user);
  await beforeAuthentication(environment, request, attempt);
  return checkPlainPassword(environment, attempt, password);
};
