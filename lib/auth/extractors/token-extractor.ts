import type { TokenSource } from '../request-context.js';

/** What an extractor may return: a token, or nothing. */
type Extracted = string | null | undefined;

/**
 * Returns the token of a call, or nothing when the call carries none, or a promise of either. An extractor may throw
 * `TokenRejectedError` REQUEST_MALFORMED for a value that cannot be a token. The syntax of the token is checked later.
 *
 * The guard asks the next extractor once a promise has resolved to nothing. An extractor that returns a string where it can
 * saves the guard a turn of the event loop for each call.
 *
 * @param pool - the pool that the token is for.
 * @example
 * const queryToken: TokenExtractor = ({ transport, request }) =>
 *   transport === 'http' ? (request as Request).query['token'] : undefined;
 *
 * @publicApi
 */
export type TokenExtractor = (source: TokenSource, pool?: ExtractingPool) => Extracted | Promise<Extracted>;

/**
 * Reads the browser session of a call: what `mandate/http` attaches to a pool.
 *
 * @publicApi
 */
export interface SessionReader {
  /**
   * Returns the access token of the session, renewed if it is due, or undefined if the call has no session.
   *
   * @throws MandateError if the call may not use its session, or the session cannot be read.
   */
  accessTokenOf(source: TokenSource): string | undefined | Promise<string | undefined>;
}

/**
 * The pool that a token is extracted for.
 *
 * @publicApi
 */
export interface ExtractingPool {
  readonly name: string;
  /** Where to find the token of a call, in order. */
  readonly extractors: readonly TokenExtractor[];
  /** The browser sessions of the pool. Default: it has none. */
  readonly sessions?: SessionReader | undefined;
}
