import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject, requireTextIfGiven } from '../errors/require-argument.js';

/** The most that Cognito returns in one page. */
const FULL_PAGE = 60;

/**
 * Options of a list.
 *
 * @publicApi
 */
export interface PageSize {
  /** Items per request while all of them are gone through, 1 to 60. Default: 60. */
  readonly pageSize?: number | undefined;
}

/**
 * A page to fetch.
 *
 * @publicApi
 */
export interface PageRequest {
  /** The `cursor` of the page before. Default: the first page. */
  readonly cursor?: string | undefined;
  /** The most items that the page may have: 1 to 60, of passkeys 1 to 20. Default: as many. Lists of sessions ignore it. */
  readonly limit?: number | undefined;
}

/**
 * A page of a list.
 *
 * @publicApi
 */
export interface ListPage<Item> {
  /** May be empty though there is a next page: Cognito applies filters after it has cut the pages. */
  readonly items: readonly Item[];
  /** For the next page; undefined on the last one. It is good for an hour, and for the same list. */
  readonly cursor: string | undefined;
}

/** Fetches a page of a list from Cognito. */
type FetchPage<Item> = (limit: number, cursor: string | undefined) => Promise<ListPage<Item>>;

/**
 * A list at Cognito. `for await` goes through all of it and fetches the next page when it gets there; `page` fetches one, for
 * an HTTP route that shows page by page. Nothing is sent before, and errors come from there.
 *
 * @publicApi
 */
export class PagedList<Item> implements AsyncIterable<Item> {
  /**
   * Called by the services.
   *
   * @param options - checked with the first page.
   * @param most - how many items Cognito returns at most in a page.
   */
  constructor(
    private readonly fetch: FetchPage<Item>,
    private readonly options: PageSize = {},
    private readonly most = FULL_PAGE,
  ) {}

  /** All items. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    requireObject('options', this.options);
    const { pageSize = this.most } = this.options;
    this.requireLimit('pageSize', pageSize);
    let cursor: string | undefined;
    do {
      const page = await this.fetch(pageSize, cursor);
      yield* page.items;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  /**
   * Fetches one page.
   *
   * @throws MandateArgumentError if the limit is no integer from 1 to 60.
   * @throws CognitoServiceError with the code PARAMETER_INVALID for a cursor of another list, or one that has expired.
   */
  async page(request: PageRequest = {}): Promise<ListPage<Item>> {
    requireObject('options', this.options);
    requireObject('request', request);
    const { cursor, limit = this.most } = request;
    requireTextIfGiven('cursor', cursor);
    this.requireLimit('limit', limit);
    return this.fetch(limit, cursor);
  }

  private requireLimit(name: string, value: number): void {
    if (!Number.isInteger(value) || value < 1 || value > this.most) {
      throw new MandateArgumentError(name, `must be an integer from 1 to ${this.most}`);
    }
  }
}
