import type { Pool } from '../../../model/pool.js';
import type { User } from '../../../model/user.js';
import { notAuthorized } from '../../cognito-fault.js';
import { temporaryPasswordExpired } from '../../users/password.js';
import type { Stage } from '../attempt.js';
import { issueChallenge } from '../issue-challenge.js';

/** NEW_PASSWORD_REQUIRED for users who came with a temporary password. */
export const newPasswordStage: Stage = (environment, attempt) => {
  const { pool, state, user } = attempt;
  if (user.status !== 'FORCE_CHANGE_PASSWORD' || state.newPasswordSet) {
    return Promise.resolve(undefined);
  }
  if (temporaryPasswordExpired(environment, pool, user)) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  const attributes = Object.fromEntries(Object.entries(user.attributes).filter(([name]) => name !== 'sub'));
  return Promise.resolve(
    issueChallenge(environment, attempt, {
      name: 'NEW_PASSWORD_REQUIRED',
      parameters: {
        USER_ID_FOR_SRP: user.username,
        userAttributes: JSON.stringify(attributes),
        requiredAttributes: JSON.stringify(missingAttributes(pool, user).map((name) => `userAttributes.${name}`)),
      },
    }),
  );
};

/** Required attributes that the user has no value for. */
export function missingAttributes(pool: Pool, user: User): string[] {
  return [...pool.schema.values()]
    .filter(({ Name, Required }) => Required && user.attributes[Name] === undefined)
    .map(({ Name }) => Name);
}
