import { claimMismatch } from '../../tokens/claim-mismatch.js';
import { mismatched, TokenRejectedError } from '../../tokens/token-errors.js';
import { headerLinesOf } from '../request-context.js';
import type { TokenExtractor } from './token-extractor.js';

/** The usual spelling. It saves the general parser, which scans the whole header. */
const USUAL_SCHEME = 'Bearer ';

/**
 * Reads `Authorization: Bearer <token>` (RFC 6750, section 2.1) from the request, the handshake or the message. A header
 * with another scheme counts as no token.
 *
 * The extractor throws `TokenRejectedError` REQUEST_MALFORMED (400) for a bearer header without a token, and for repeated
 * `Authorization` headers, whatever their schemes: Node.js keeps the first, a proxy before it may have checked another.
 *
 * @publicApi
 */
export function bearerToken(): TokenExtractor {
  return ({ headers, request }) => {
    const { authorization } = headers;
    if (authorization === undefined) {
      return undefined;
    }
    if (typeof authorization !== 'string' || hasRepeated(request)) {
      const received = typeof authorization === 'string' ? 'several' : 'another value';
      throw mismatched('REQUEST_MALFORMED', claimMismatch('one Authorization header', received));
    }
    return bearerCredentials(authorization);
  };
}

/**
 * The token in the value of an `Authorization` header, or `undefined` for another scheme.
 *
 * @throws TokenRejectedError REQUEST_MALFORMED if the bearer scheme has no token.
 */
export function bearerCredentials(value: string): string | undefined {
  const isUsual = value.startsWith(USUAL_SCHEME) && !isBlank(value, USUAL_SCHEME.length) && !isBlank(value, -1);
  return isUsual ? value.slice(USUAL_SCHEME.length) : parseCredentials(value);
}

/** A token with or without the scheme in front of it, for places where clients send either. */
export function withoutScheme(value: string): string | undefined {
  return /^bearer(\s|$)/i.test(value) ? bearerCredentials(value) : value;
}

const FIELD_NAME = 'authorization';

/** Whether `Authorization` came more than once. This runs for every request, so it creates nothing in the usual case. */
function hasRepeated(request: object): boolean {
  const lines = headerLinesOf(request);
  if (lines === undefined) {
    return false;
  }
  let count = 0;
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i] ?? '';
    if (name.length === FIELD_NAME.length && isFieldName(name)) {
      count++;
    }
  }
  return count > 1;
}

function isFieldName(name: string): boolean {
  return name === FIELD_NAME || name === 'Authorization' || name.toLowerCase() === FIELD_NAME;
}

function isBlank(value: string, at: number): boolean {
  const character = value.charCodeAt(at < 0 ? value.length + at : at);
  // Negated, because charCodeAt returns NaN past the end.
  return !(character > 0x20);
}

/** Schemes are case-insensitive (RFC 9110, section 11.1). */
function parseCredentials(value: string): string | undefined {
  const space = value.indexOf(' ');
  const scheme = space < 0 ? value : value.slice(0, space);
  if (scheme.toLowerCase() !== 'bearer') {
    return undefined;
  }
  const token = space < 0 ? '' : value.slice(space).trim();
  if (token === '') {
    throw new TokenRejectedError('REQUEST_MALFORMED');
  }
  return token;
}
