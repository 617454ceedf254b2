import { TokenRejectedError } from '../../tokens/token-errors.js';
import type { TokenSource } from '../request-context.js';
import { bearerToken } from './bearer-token.js';
import { handshakeToken } from './message-token.js';
import type { TokenExtractor } from './token-extractor.js';

/** Syntax of a bearer token (RFC 6750, section 2.1: b64token). */
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * The default of the option `extractors`: the `Authorization` header, then the handshake.
 *
 * @publicApi
 */
export const DEFAULT_EXTRACTORS: readonly TokenExtractor[] = Object.freeze([bearerToken(), handshakeToken()]);

/**
 * Returns the first token that an extractor finds, if its syntax is valid.
 *
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED
 *
 * @publicApi
 */
export function extractToken(source: TokenSource, extractors: readonly TokenExtractor[]): string {
  const token = findToken(source, extractors);
  assertTokenSyntax(token);
  return token;
}

/**
 * Rejects a string that cannot be a token. The scan costs as much as everything else that the guard does with a cached
 * token, so the guard runs it for other tokens only.
 *
 * @throws TokenRejectedError REQUEST_MALFORMED
 */
export function assertTokenSyntax(token: string): void {
  if (!B64TOKEN.test(token)) {
    throw new TokenRejectedError('REQUEST_MALFORMED');
  }
}

/**
 * Returns the first non-empty string that an extractor finds. Its syntax is unchecked.
 *
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED
 */
export function findToken(source: TokenSource, extractors: readonly TokenExtractor[]): string {
  for (const extractor of extractors) {
    const token: unknown = extractor(source);
    if (typeof token === 'string') {
      if (token !== '') {
        return token;
      }
    } else if (token !== undefined && token !== null) {
      // A query parameter that was sent twice is a list.
      throw new TokenRejectedError('REQUEST_MALFORMED');
    }
  }
  throw new TokenRejectedError('TOKEN_MISSING');
}

/** Whether the call carries anything where a token belongs, even if it cannot be one. */
export function hasToken(source: TokenSource, extractors: readonly TokenExtractor[]): boolean {
  try {
    findToken(source, extractors);
    return true;
  } catch (error) {
    return !isTokenMissing(error);
  }
}

/** Whether an error means that no token was sent. */
export function isTokenMissing(error: unknown): boolean {
  return error instanceof TokenRejectedError && error.code === 'TOKEN_MISSING';
}
