import type { Pool } from '../../../model/pool.js';
import type { User } from '../../../model/user.js';
import { invalidParameter, notAuthorized } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import {
  assertAssignable,
  assertNewAttributes,
  assertWritable,
  changeAttributes,
  immutableAttribute,
} from '../../users/attribute-rules.js';
import { assertPasswordPolicy } from '../../users/password-policy.js';
import { setPassword } from '../../users/password.js';
import { assertAliasesFree } from '../../users/update-attributes.js';
import { type KnownUserAttempt, type Parameters, resumeKnownUserAttempt } from '../attempt.js';
import { requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { poseChallenge } from './pose-challenge.js';

const PREFIX = 'userAttributes.';

/** NEW_PASSWORD_REQUIRED: replaces a temporary password and asks for required attributes that have no value. */
export function poseNewPasswordRequired(environment: Environment, attempt: KnownUserAttempt): AuthResponse {
  const { pool, user } = attempt;
  const attributes = Object.fromEntries(Object.entries(user.attributes).filter(([name]) => name !== 'sub'));
  return poseChallenge(environment, attempt, {
    name: 'NEW_PASSWORD_REQUIRED',
    parameters: {
      USER_ID_FOR_SRP: user.username,
      userAttributes: JSON.stringify(attributes),
      requiredAttributes: JSON.stringify(missingAttributes(pool, user).map((name) => PREFIX + name)),
    },
  });
}

/** Sets the new password and the attributes. */
export const answerNewPasswordRequired: ChallengeResponder = (environment, request) => {
  const attempt = resumeKnownUserAttempt(request);
  const { pool, client, user } = attempt;
  const password = requiredParameter(request.responses, 'NEW_PASSWORD');
  const attributes = attributesOf(request.responses);
  assertAcceptable(pool, user, attributes);
  assertWritable(pool, client, Object.keys(attributes));
  assertPasswordPolicy(pool, password, 'password policy');
  changeAttributes(pool, user, attributes);
  setPassword(environment, pool, user, password);
  user.status = 'CONFIRMED';
  user.modifiedAt = environment.clock();
  attempt.state.newPasswordSet = true;
  return { passed: attempt };
};

function attributesOf(responses: Parameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(responses).flatMap(([name, value]) =>
      name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value]] : [],
    ),
  );
}

/** Required and immutable attributes cannot be changed, those that have no value can, and required ones must be sent. */
function assertAcceptable(pool: Pool, user: User, attributes: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(attributes)) {
    if (name.endsWith('_verified') || name === 'sub') {
      throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    }
    const kept = user.attributes[name];
    if (pool.schema.get(name)?.Required && kept !== undefined) {
      throw notAuthorized(`Cannot modify an already provided ${name}`);
    }
    if (pool.schema.get(name)?.Mutable === false && kept !== undefined && kept !== attributes[name]) {
      throw immutableAttribute(name);
    }
  }
  assertAssignable(attributes);
  assertNewAttributes(pool, Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== '')));
  assertAliasesFree({ pool, user, attributes });
  const missing = missingAttributes(pool, user).find((name) => !attributes[name]);
  if (missing !== undefined) {
    throw invalidParameter(`Invalid attributes given, ${missing} is missing`);
  }
}

function missingAttributes(pool: Pool, user: User): string[] {
  return [...pool.schema.values()]
    .filter(({ Name, Required }) => Required && user.attributes[Name] === undefined)
    .map(({ Name }) => Name);
}
