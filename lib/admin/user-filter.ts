import { MandateArgumentError } from '../errors/argument-error.js';

const SEARCHABLE_NAMES = [
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
] as const;

/**
 * An attribute that ListUsers can filter by. Custom attributes are not among them.
 *
 * @publicApi
 */
export type SearchableName = (typeof SEARCHABLE_NAMES)[number];

/**
 * The condition of a search. ListUsers supports exactly one.
 *
 * @publicApi
 */
export type UserFilter =
  | { readonly attribute: SearchableName; readonly equals: string }
  | { readonly attribute: SearchableName; readonly startsWith: string };

/**
 * The condition in the filter syntax of ListUsers. The value is escaped, so that user input cannot extend the condition.
 *
 * @throws MandateArgumentError if the attribute is not searchable or the value is not a string.
 */
export function filterExpression(filter: UserFilter): string {
  if (!SEARCHABLE_NAMES.includes(filter.attribute)) {
    throw new MandateArgumentError('filter.attribute', `must be one of ${SEARCHABLE_NAMES.join(', ')}`);
  }
  const [operator, value] = 'equals' in filter ? (['=', filter.equals] as const) : (['^=', filter.startsWith] as const);
  if (typeof value !== 'string') {
    throw new MandateArgumentError('filter', 'must have a string in "equals" or "startsWith"');
  }
  return `${filter.attribute} ${operator} "${value.replace(/["\\]/g, '\\$&')}"`;
}
