import type { User } from '../../model/user.js';
import { invalidParameter } from '../cognito-fault.js';

/** `name op "value"`: an optionally quoted name, `=` (equals) or `^=` (starts with), a value with escaped quotes. */
const FILTER = /^\s*(?:"([^"]+)"|([^\s"=^]+))\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

const STATUS = 'cognito:user_status';

/** Names that are no attributes. */
const MEMBERS = ['username', STATUS, 'status'] as const;

const ATTRIBUTES: readonly string[] = [
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'sub',
];

/** The `Filter` of ListUsers: one comparison. */
export interface UserFilter {
  /** `username`, `cognito:user_status`, `status` (`Enabled` or `Disabled`) or the name of a searchable attribute. */
  readonly name: string;
  readonly operator: '=' | '^=';
  readonly value: string;
}

/**
 * Parses the `Filter` of ListUsers.
 *
 * @returns undefined for a blank filter, which matches every user.
 * @throws CognitoFault InvalidParameterException for a syntax error or a name that is not searchable.
 */
export function parseUserFilter(text = ''): UserFilter | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  const [, quotedName, plainName, operator, escaped = ''] = FILTER.exec(text) ?? [];
  const name = quotedName ?? plainName;
  if (name === undefined) {
    throw invalidParameter('Error while parsing filter.');
  }
  if (!isMember(name) && !ATTRIBUTES.includes(name)) {
    throw invalidParameter(`Invalid search attribute: ${name}`);
  }
  return { name, operator: operator === '^=' ? '^=' : '=', value: escaped.replaceAll(/\\(.)/g, '$1') };
}

/** Whether a user matches a filter. Only the user's status is compared case-insensitively. */
export function matchesFilter(user: User, filter: UserFilter | undefined): boolean {
  if (filter === undefined) {
    return true;
  }
  const { name, operator } = filter;
  const fold = (text: string): string => (name === STATUS ? text.toLowerCase() : text);
  const value = fold(filter.value);
  const actual = filteredValue(user, name);
  return actual !== undefined && (operator === '=' ? fold(actual) === value : fold(actual).startsWith(value));
}

/** What a filter's name stands for in a user. */
function filteredValue(user: User, name: string): string | undefined {
  if (!isMember(name)) {
    return user.attributes[name];
  }
  switch (name) {
    case 'username':
      return user.username;
    case STATUS:
      return user.status;
    case 'status':
      return user.enabled ? 'Enabled' : 'Disabled';
  }
}

function isMember(name: string): name is (typeof MEMBERS)[number] {
  return MEMBERS.some((member) => member === name);
}
