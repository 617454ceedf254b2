import { MandateArgumentError } from '../errors/argument-error.js';

/** What Cognito can search by. Custom attributes are not searchable. */
export type SearchableName =
  | 'username'
  | 'email'
  | 'phone_number'
  | 'name'
  | 'given_name'
  | 'family_name'
  | 'preferred_username'
  | 'cognito:user_status'
  | 'status'
  | 'sub';

/** One condition; Cognito takes no more. */
export type UserFilter =
  | { readonly attribute: SearchableName; readonly equals: string }
  | { readonly attribute: SearchableName; readonly startsWith: string };

const NAMES: ReadonlySet<string> = new Set<SearchableName>([
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
]);

/**
 * The condition in ListUsers' grammar. The value is escaped, so that what a person typed cannot become a condition of its
 * own.
 */
export function filterExpression(filter: UserFilter): string {
  if (!NAMES.has(filter.attribute)) {
    throw new MandateArgumentError('filter.attribute', 'must be one that Cognito can search by');
  }
  const [operator, value] = 'equals' in filter ? (['=', filter.equals] as const) : (['^=', filter.startsWith] as const);
  if (typeof value !== 'string') {
    throw new MandateArgumentError('filter', 'must have a string as "equals" or "startsWith"');
  }
  return `${filter.attribute} ${operator} "${value.replace(/["\\]/g, '\\$&')}"`;
}
