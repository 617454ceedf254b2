import type { User } from '../../model/user.js';
import { invalidParameter } from '../cognito-fault.js';

/** `name op "value"`: an optionally quoted name, `=` (equals) or `^=` (starts with), a value with escaped quotes. */
const FILTER = /^\s*(?:"([^"]+)"|([\w:]+))\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

const SEARCHABLE_ATTRIBUTES: readonly string[] = [
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'sub',
];

/**
 * Parses the `Filter` of ListUsers. A blank filter matches every user.
 *
 * @throws CognitoFault InvalidParameterException for a syntax error or an attribute that is not searchable.
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
  const normalize = (text: string) => (name === 'cognito:user_status' ? text.toLowerCase() : text);
  return (user) => {
    const actual = read(user);
    if (actual === undefined) {
      return false;
    }
    return operator === '=' ? normalize(actual) === normalize(value) : normalize(actual).startsWith(normalize(value));
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
      if (!SEARCHABLE_ATTRIBUTES.includes(name)) {
        throw invalidParameter(`Invalid search attribute: ${name}`);
      }
      return (user) => user.attributes[name];
  }
}
