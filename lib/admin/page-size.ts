/**
 * Options of a paged list.
 *
 * @publicApi
 */
export interface PageSize {
  /** Items per request, 1 to 60. Default: 60. */
  readonly pageSize?: number | undefined;
}

/** The most that Cognito returns in one page. */
export const FULL_PAGE = 60;
