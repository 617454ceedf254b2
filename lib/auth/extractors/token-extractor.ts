import type { TokenSource } from '../request-context.js';

/**
 * Returns the token of a call, or nothing when the call carries none. An extractor may throw `TokenRejectedError`
 * REQUEST_MALFORMED for a value that cannot be a token. The syntax of the token is checked later.
 *
 * @example
 * const queryToken: TokenExtractor = ({ transport, request }) =>
 *   transport === 'http' ? (request as Request).query['token'] : undefined;
 *
 * @publicApi
 */
export type TokenExtractor = (source: TokenSource) => string | null | undefined;
