/**
 * One page of a list.
 *
 * @publicApi
 */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The token of the next page; undefined on the last page. */
  readonly next: string | undefined;
}

/**
 * All items of a paged list, fetched page by page as they are consumed. An empty page with a token is not the last:
 * Cognito applies filters after it has cut the pages.
 */
export async function* pages<Item>(
  fetchPage: (token: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let token: string | undefined;
  do {
    const { items, next } = await fetchPage(token);
    yield* items;
    token = next;
  } while (token !== undefined);
}
