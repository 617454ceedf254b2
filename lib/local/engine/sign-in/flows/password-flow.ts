import { assertSecretHash } from '../../clients/client-secret.js';
import { findUserFor, hidesUsers, userNotFound } from '../../users/find-user.js';
import { migrateUser } from '../../users/migrate-user.js';
import { passwordMatches } from '../../users/password.js';
import type { FlowStarter } from '../attempt.js';
import { beforeAuthentication } from '../authentication-triggers.js';
import { settlePassword } from '../first-factor.js';
import { incorrectPassword } from '../refusals.js';
import { parameter } from '../parameters.js';
import { newAttempt } from '../new-attempt.js';

/** USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH. */
export const passwordFlow: FlowStarter = async (environment, request) => {
  const { pool, client, parameters, clientMetadata } = request;
  const username = parameter(parameters, 'USERNAME');
  const password = parameter(parameters, 'PASSWORD');
  assertSecretHash(client, username, parameters['SECRET_HASH']);
  const user =
    findUserFor(client, pool, username) ??
    (await migrateUser(environment, { pool, client, username, password, validationData: clientMetadata }));
  if (user !== undefined || hidesUsers(client)) {
    await beforeAuthentication(environment, request, { user, typedName: username });
  }
  if (user === undefined) {
    throw hidesUsers(client) ? incorrectPassword() : userNotFound();
  }
  const attempt = newAttempt(request, user, username);
  return settlePassword(environment, attempt, () => passwordMatches(pool, user, password));
};
