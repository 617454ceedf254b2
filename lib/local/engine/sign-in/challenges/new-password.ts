import type { Pool } from '../../../model/pool.js';
import type { User } from '../../../model/user.js';
import { invalidParameter, notAuthorized } from '../../cognito-fault.js';
import { assertWritable, changeAttributes } from '../../users/attribute-rules.js';
import { setPassword } from '../../users/password.js';
import { assertPasswordPolicy } from '../../users/password-policy.js';
import { advance } from '../advance.js';
import type { ChallengeResponder } from '../attempt.js';
import { resumedAttempt } from '../new-attempt.js';
import { parameter } from '../parameters.js';
import { missingAttributes } from '../stages/new-password-stage.js';

const PREFIX = 'userAttributes.';

/** NEW_PASSWORD_REQUIRED: the password that replaces the temporary one, and attributes that are still missing. */
export const newPassword: ChallengeResponder = async (environment, request) => {
  const attempt = resumedAttempt(request);
  const { pool, client, user } = attempt;
  const password = parameter(request.responses, 'NEW_PASSWORD');
  const attributes = attributesOf(request.responses);
  assertMayGive(pool, user, attributes);
  assertWritable(pool, client, Object.keys(attributes));
  assertPasswordPolicy(pool, password, 'password policy');
  changeAttributes(pool, user, attributes);
  setPassword(environment, pool, user, password);
  user.status = 'CONFIRMED';
  user.modifiedAt = environment.clock();
  attempt.state.newPasswordSet = true;
  return advance(environment, attempt);
};

function attributesOf(responses: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(responses).flatMap(([name, value]) =>
      name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value]] : [],
    ),
  );
}

/** Required attributes may be given once, and all that are missing must be. */
function assertMayGive(pool: Pool, user: User, attributes: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(attributes)) {
    if (name.endsWith('_verified') || name === 'sub') {
      throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    }
    if (pool.schema.get(name)?.Required && user.attributes[name] !== undefined) {
      throw notAuthorized(`Cannot modify an already provided ${name}`);
    }
  }
  const missing = missingAttributes(pool, user).find((name) => !attributes[name]);
  if (missing !== undefined) {
    throw invalidParameter(`Invalid attributes given, ${missing} is missing`);
  }
}
