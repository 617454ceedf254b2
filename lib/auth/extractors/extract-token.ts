import { TokenRejectedError } from '../../tokens/token-errors.js';
import { isObject } from '../../types/is-object.js';
import type { TokenSource } from '../request-context.js';
import { bearerToken } from './bearer-token.js';
import { handshakeToken } from './message-token.js';
import type { ExtractingPool, TokenExtractor } from './token-extractor.js';

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
 * @throws what an extractor throws.
 *
 * @publicApi
 */
export async function extractToken(source: TokenSource, pool: ExtractingPool): Promise<string> {
  const token = await findToken(source, pool);
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
 * Returns the first non-empty string that an extractor finds; a promise of it once an extractor returns one. Its syntax is
 * unchecked.
 *
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED
 * @throws what an extractor throws.
 */
export function findToken(source: TokenSource, pool: ExtractingPool): string | Promise<string> {
  return findFrom(0, source, pool);
}

function findFrom(first: number, source: TokenSource, pool: ExtractingPool): string | Promise<string> {
  for (let i = first; i < pool.extractors.length; i++) {
    const extracted: unknown = pool.extractors[i]?.(source, pool);
    if (typeof extracted !== 'string' && isPromise(extracted)) {
      return extracted.then((token) => tokenIn(token) ?? findFrom(i + 1, source, pool));
    }
    const token = tokenIn(extracted);
    if (token !== undefined) {
      return token;
    }
  }
  throw new TokenRejectedError('TOKEN_MISSING');
}

function tokenIn(extracted: unknown): string | undefined {
  if (typeof extracted === 'string') {
    return extracted === '' ? undefined : extracted;
  }
  if (extracted !== undefined && extracted !== null) {
    // A query parameter that was sent twice is a list.
    throw new TokenRejectedError('REQUEST_MALFORMED');
  }
  return undefined;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return isObject(value) && typeof value['then'] === 'function';
}

/** Whether the call carries anything where a token belongs, even if it cannot be one. */
export function hasToken(source: TokenSource, pool: ExtractingPool): boolean | Promise<boolean> {
  try {
    const token = findToken(source, pool);
    return typeof token === 'string' || token.then(() => true, isPresent);
  } catch (error) {
    return isPresent(error);
  }
}

function isPresent(error: unknown): boolean {
  return !isTokenMissing(error);
}

/** Whether an error means that no token was sent. */
export function isTokenMissing(error: unknown): boolean {
  return error instanceof TokenRejectedError && error.code === 'TOKEN_MISSING';
}
