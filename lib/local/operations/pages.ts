import { invalidParameter } from '../engine/cognito-fault.js';

const DEFAULT_LIMIT = 60;

/** A page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** The token of the next page. `undefined` on the last page. */
  readonly next?: string;
}

/**
 * Returns one page of a list.
 *
 * @param token - `next` of the previous page.
 * @param binding - The parameters that must stay the same from page to page.
 * @throws CognitoFault InvalidParameterException if the token is invalid or belongs to another listing.
 */
export function pageOf<Item>(
  items: readonly Item[],
  limit: number | undefined,
  token: string | undefined,
  binding = '',
): Page<Item> {
  const start = token === undefined ? 0 : startOf(token, binding);
  const end = start + (limit === undefined || limit === 0 ? DEFAULT_LIMIT : limit);
  const page = { items: items.slice(start, end) };
  return end < items.length ? { ...page, next: tokenFor(end, binding) } : page;
}

function tokenFor(start: number, binding: string): string {
  return Buffer.from(JSON.stringify([start, binding])).toString('base64url');
}

function startOf(token: string, binding: string): number {
  try {
    const [start, boundTo] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as [unknown, unknown];
    if (Number.isInteger(start) && boundTo === binding) {
      return start as number;
    }
  } catch {
    // An unreadable token is rejected below.
  }
  throw invalidParameter('Invalid pagination token');
}
