import type { User } from '../../model/user.js';
import type { UserQuery } from '../../model/user-directory.js';
import { isSearchable } from '../../model/user-index.js';
import { invalidParameter } from '../cognito-fault.js';

/** `name op "value"`: an optionally quoted name, `=` (equals) or `^=` (starts with), a value with escaped quotes. */
const FILTER = /^\s*(?:"([^"]+)"|([^\s"=^]+))\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

/**
 * Parses the `Filter` of ListUsers.
 *
 * @returns undefined for a blank filter, which matches every user.
 * @throws CognitoFault InvalidParameterException for a syntax error or a name that is not searchable.
 */
export function userQuery(text = ''): UserQuery {
  if (text.trim() === '') {
    return { index: 'all', key: '' };
  }
  const [, quotedName, plainName, operator, escaped = ''] = FILTER.exec(text) ?? [];
  const name = quotedName ?? plainName;
  if (name === undefined) {
    throw invalidParameter('Error while parsing filter.');
  }
  const value = escaped.replaceAll(/\\(.)/g, '$1');
  return queryOf(name, value, operator === '^=');
}

function queryOf(name: string, value: string, prefix: boolean): UserQuery {
  switch (name) {
    case 'username':
      return { index: name, key: value, prefix, matches: matcher((user) => user.username, value, prefix) };
    case 'cognito:user_status':
      return { index: 'status', key: value.toLowerCase(), prefix };
    case 'status':
      return { index: 'enabled', key: value, prefix };
    default:
      if (!isSearchable(name)) {
        throw invalidParameter(`Invalid search attribute: ${name}`);
      }
      return { index: name, key: value, prefix, matches: matcher((user) => user.attributes[name], value, prefix) };
  }
}

/** Indexes fold the case where the pool does; the filter does not. */
function matcher(
  read: (user: User) => string | undefined,
  value: string,
  prefix: boolean,
): NonNullable<UserQuery['matches']> {
  return (user) => (prefix ? (read(user)?.startsWith(value) ?? false) : read(user) === value);
}
