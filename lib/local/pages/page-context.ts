import type { Texts } from './texts.js';

/** What every page with a form needs. */
export interface PageContext {
  readonly texts: Texts;
  /** Value of the hidden field `_csrf`. */
  readonly csrf: string;
  /** The authorization request as a query string, without `?`. */
  readonly query: string;
}

/** What the page has to say about the last form. */
export interface Outcome {
  readonly error?: string | undefined;
  readonly note?: string | undefined;
}
