import { Buffer, isUtf8 } from 'node:buffer';

import { parseStrictJson, type JsonObject } from './strict-json.js';
import { TokenRejectedError } from '../token-errors.js';

/** A token taken apart. Nothing in it has been verified. */
export interface CompactJws {
  /** The key id that the header names. */
  readonly kid: string;
  readonly claims: JsonObject;
  /** What the signature covers: the first two parts with the dot between them. */
  readonly signingInput: Buffer;
  readonly signature: Buffer;
}

/**
 * Header parameters that change what the signature means or which key is used. No Cognito token has them, and a
 * recipient must refuse those that it does not understand (RFC 7515, section 4.1.11; RFC 8725, sections 3.1 and 3.10).
 */
const REFUSED_PARAMETERS = ['crit', 'b64', 'jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'zip', 'enc', 'cty'];

/**
 * Takes a compact JWS apart (RFC 7515, section 7.1), strictly: exactly three parts of canonical base64url, so that a
 * token has exactly one spelling.
 *
 * @throws TokenRejectedError TOKEN_MALFORMED, TOKEN_ALGORITHM_REFUSED
 */
export function parseCompactJws(token: string): CompactJws {
  const headerEnd = token.indexOf('.');
  const claimsEnd = token.indexOf('.', headerEnd + 1);
  if (headerEnd < 1 || claimsEnd < 0) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  // A fourth part ends up in the signature, where the dot is not base64url.
  const signature = decode(token.slice(claimsEnd + 1));
  const header = decodeObject(token.slice(0, headerEnd));
  const claims = decodeObject(token.slice(headerEnd + 1, claimsEnd));
  const kid = checkHeader(header);
  return { kid, claims, signature, signingInput: Buffer.from(token.slice(0, claimsEnd), 'latin1') };
}

function checkHeader(header: JsonObject): string {
  if (header['alg'] !== 'RS256') {
    throw new TokenRejectedError('TOKEN_ALGORITHM_REFUSED');
  }
  const { kid } = header;
  if (typeof kid !== 'string' || kid === '' || REFUSED_PARAMETERS.some((name) => Object.hasOwn(header, name))) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return kid;
}

function decodeObject(part: string): JsonObject {
  const bytes = decode(part);
  if (!isUtf8(bytes)) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return parseStrictJson(bytes.toString('utf8'));
}

function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  // Buffer skips what it cannot read; only the canonical spelling encodes back to itself.
  if (bytes.length === 0 || bytes.toString('base64url') !== part) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return bytes;
}

/** Beyond this nobody's token is read just to find out whose it may be. */
const MAX_READABLE = 65_536;

/** The issuer that a token names for itself, to choose who verifies it; nothing about it is verified. */
export function readIssuer(token: string): string {
  if (token.length > MAX_READABLE) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  const start = token.indexOf('.') + 1;
  const { iss } = decodeObject(token.slice(start, token.indexOf('.', start)));
  if (start < 2 || typeof iss !== 'string') {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return iss;
}
