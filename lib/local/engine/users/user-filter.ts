import type { User } from '../../model/user.js';
import { invalidParameter } from '../cognito-fault.js';

/** `name op "value"`: the name may be quoted, `=` is exact and `^=` a prefix, quotes in the value are escaped. */
const FILTER = /^\s*(?:"([^"]+)"|([\w:]+))\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

const ATTRIBUTES: readonly string[] = [
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'sub',
];

/**
 * Reads a filter of ListUsers; a blank one fits everybody.
 *
 * @throws CognitoFault InvalidParameterException when it cannot be read or names something else.
 */
export function userFilter(text = ''): (user: User) => boolean {
  if (text.trim() === '') {
    return () => true;
  }
  const [, quotedName, plainName, operator, escaped = ''] = FILTER.exec(text) ?? [];
  const name = quotedName ?? plainName;
  if (name === undefined) {
    throw invalidParameter('Error while parsing filter');
  }
  const read = reader(name);
  const value = escaped.replaceAll(/\\(.)/g, '$1');
  const normal = name === 'cognito:user_status' ? (one: string) => one.toLowerCase() : (one: string) => one;
  return (user) => {
    const own = read(user);
    if (own === undefined) {
      return false;
    }
    return operator === '=' ? normal(own) === normal(value) : normal(own).startsWith(normal(value));
  };
}

function reader(name: string): (user: User) => string | undefined {
  switch (name) {
    case 'username':
      return (user) => user.username;
    case 'cognito:user_status':
      return (user) => user.status;
    case 'status':
      return (user) => (user.enabled ? 'Enabled' : 'Disabled');
    default:
      if (!ATTRIBUTES.includes(name)) {
        throw invalidParameter(`Invalid search attribute: ${name}`);
      }
      return (user) => user.attributes[name];
  }
}
