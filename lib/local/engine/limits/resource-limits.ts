import { CognitoFault, invalidParameter } from '../cognito-fault.js';

/** How many of a kind a pool may have: the default quotas of AWS. */
const PER_POOL = { groups: 10_000, 'identity providers': 300, 'resource servers': 25 } as const;

const GROUPS_PER_USER = 100;

/**
 * Checks that a pool has room for one more. Not verified against AWS: the text.
 *
 * @throws CognitoFault LimitExceededException
 */
export function assertRoom(kind: keyof typeof PER_POOL, { size }: ReadonlyMap<string, unknown>): void {
  if (size >= PER_POOL[kind]) {
    throw new CognitoFault('LimitExceededException', `A user pool cannot have more than ${PER_POOL[kind]} ${kind}.`);
  }
}

/**
 * Checks the groups of a user. Not verified against AWS: the exception, because the model has no LimitExceededException
 * here, and the text.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertGroupsOfUser(groups: readonly string[]): void {
  if (groups.length > GROUPS_PER_USER) {
    throw invalidParameter(`A user cannot be in more than ${GROUPS_PER_USER} groups.`);
  }
}
