/** One page of a list and how to get the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/**
 * All items of a paged list, page by page as they are consumed. An empty page with a token is not the end: Cognito
 * filters after it cuts the pages.
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
