import { invalidParameter } from '../engine/cognito-fault.js';
import type { User } from '../model/user.js';
import { RecordMap } from '../model/record-map.js';
import type { UserDirectory, UserQuery } from '../model/user-directory.js';

const DEFAULT_LIMIT = 60;

/** A place in a list. Of several parts the first ones weigh more. */
export type PageKey = string | number | readonly (string | number)[];

/** A page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** The token of the next page. `undefined` on the last page. */
  readonly next?: string | undefined;
}

/** Options of `pageOf`. */
export interface PageOptions<Item> {
  /**
   * The unique key of an item, by which the list is ordered. A page continues after the key of the last item, whatever
   * was added or deleted in the meantime.
   */
  readonly keyOf: (item: Item) => PageKey;
  /** What else the token is bound to than the request's parameters, such as the user of an access token. */
  readonly binding?: string;
}

/**
 * Returns one page of a list.
 *
 * @param token - `next` of the previous page.
 * @throws CognitoFault InvalidParameterException if the token belongs to another listing.
 */
export function pageOf<Item>(
  items: Iterable<Item>,
  limit: number | undefined,
  token: string | undefined,
  { keyOf, binding = '' }: PageOptions<Item>,
): Page<Item> {
  const after = token === undefined ? undefined : (positionOf(token, binding) as PageKey);
  const rest = [...items]
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key));
  const page = rest.slice(0, sizeOf(limit));
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    next: last !== undefined && page.length < rest.length ? JSON.stringify([last.key, binding]) : undefined,
  };
}

/** Returns one page of records, in the order in which they were created or the reverse. */
export function recordPage<Item>(
  records: Map<string, Item>,
  limit: number | undefined,
  token: string | undefined,
  order: 'oldest first' | 'newest first' = 'oldest first',
): Page<Item> {
  const tracked = records instanceof RecordMap ? (records as RecordMap<Item>) : undefined;
  const sign = order === 'oldest first' ? 1 : -1;
  const keyOf = (key: string) => (tracked === undefined ? key : sign * tracked.numberOf(key));
  const { items, next } = pageOf(records.keys(), limit, token, { keyOf });
  return { items: items.flatMap((key) => (tracked ?? records).get(key) ?? []), next };
}

/** Returns one page of a listing of users. Its cost does not depend on the number of users. */
export function userPage(
  directory: UserDirectory,
  query: UserQuery,
  limit: number | undefined,
  token: string | undefined,
): Page<User> {
  const after = token === undefined ? undefined : (positionOf(token, '') as readonly [string, number]);
  const position = after && { key: after[0], number: after[1] };
  const { users, next } = directory.page(query, position, sizeOf(limit));
  return { items: users, next: next && JSON.stringify([[next.key, next.number], '']) };
}

function sizeOf(limit: number | undefined): number {
  return limit === undefined || limit === 0 ? DEFAULT_LIMIT : limit;
}

function positionOf(token: string, binding: string): unknown {
  const [position, boundTo] = JSON.parse(token) as [unknown, string];
  if (boundTo !== binding) {
    throw invalidParameter('Invalid pagination token');
  }
  return position;
}

function compareKeys(a: PageKey, b: PageKey): number {
  const [left, right] = [[a].flat(), [b].flat()];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined || part === other) {
      continue;
    }
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}
