import { Buffer, isUtf8 } from 'node:buffer';

import { BoundedMap } from '../../memory/bounded-map.js';
import { claimMismatch, claimText } from '../claim-mismatch.js';
import { mismatched, TokenRejectedError } from '../token-errors.js';
import { parseStrictJson, type JsonObject } from './strict-json.js';

/** The parts of a token. Nothing in it is verified. */
export interface CompactJws {
  /** The key id in the header. */
  readonly kid: string;
  readonly claims: JsonObject;
  /** What the signature covers: the first two parts with the dot between them. */
  readonly signingInput: Buffer;
  readonly signature: Buffer;
}

/**
 * Header parameters that change what the signature means or which key is used. No Cognito token has them, and a
 * recipient must reject those that it does not understand (RFC 7515, section 4.1.11; RFC 8725, sections 3.1 and 3.10).
 */
const REJECTED_PARAMETERS: ReadonlySet<string> = new Set([
  'crit',
  'b64',
  'jwk',
  'jku',
  'x5u',
  'x5c',
  'x5t',
  'x5t#S256',
  'zip',
  'enc',
  'cty',
]);

/** More than the keys of a pool and its replicas. */
const MAX_HEADERS = 100;
/** Characters. Longer headers are read each time. */
const MAX_HEADER_LENGTH = 256;

/** The longest token that `readIssuer` reads. */
const MAX_READABLE_LENGTH = 65_536;

/** A text contains this character if its bytes are not UTF-8. */
const REPLACEMENT_CHARACTER = '\ufffd';

/** Parses the tokens of one verifier. Their headers are the same for each key, so that each is read once. */
export class CompactJwsParser {
  /** Key ids by the encoded header. */
  readonly #headers = new BoundedMap<string, string>(MAX_HEADERS);

  /**
   * Parses a compact JWS (RFC 7515, section 7.1), strictly: exactly three parts of canonical base64url, so that a token
   * has exactly one spelling.
   *
   * @throws TokenRejectedError TOKEN_MALFORMED, TOKEN_ALGORITHM_REFUSED
   */
  parse(token: string): CompactJws {
    const headerEnd = token.indexOf('.');
    const claimsEnd = token.indexOf('.', headerEnd + 1);
    if (headerEnd < 1 || claimsEnd < 0) {
      throw new TokenRejectedError('TOKEN_MALFORMED');
    }
    // A fourth part ends up in the signature, where the dot is not base64url.
    const signature = decode(token.slice(claimsEnd + 1));
    const header = token.slice(0, headerEnd);
    const kid = this.#headers.peek(header);
    const claims = decodeObject(token.slice(headerEnd + 1, claimsEnd));
    return {
      kid: kid ?? this.#readHeader(header),
      claims,
      signature,
      signingInput: Buffer.from(token.slice(0, claimsEnd), 'latin1'),
    };
  }

  #readHeader(part: string): string {
    const kid = checkHeader(decodeObject(part));
    if (part.length <= MAX_HEADER_LENGTH) {
      // A copy: the part itself would keep the whole token in memory.
      this.#headers.set(Buffer.from(part, 'latin1').toString('latin1'), kid);
    }
    return kid;
  }
}

/**
 * The issuer that a token claims, to select its verifier. Nothing in it is verified.
 *
 * @throws TokenRejectedError TOKEN_MALFORMED
 */
export function readIssuer(token: string): string {
  if (token.length > MAX_READABLE_LENGTH) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  const start = token.indexOf('.') + 1;
  const { iss } = decodeObject(token.slice(start, token.indexOf('.', start)));
  if (start < 2 || typeof iss !== 'string') {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return iss;
}

function checkHeader(header: JsonObject): string {
  const { alg, kid } = header;
  if (alg !== 'RS256') {
    throw mismatched('TOKEN_ALGORITHM_REFUSED', claimMismatch('alg "RS256"', claimText('alg', alg)));
  }
  if (typeof kid !== 'string' || kid === '' || Object.keys(header).some((name) => REJECTED_PARAMETERS.has(name))) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return kid;
}

function decodeObject(part: string): JsonObject {
  const bytes = decode(part);
  const text = bytes.toString('utf8');
  if (text.includes(REPLACEMENT_CHARACTER) && !isUtf8(bytes)) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return parseStrictJson(text);
}

function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  // Buffer skips what it cannot read; only the canonical spelling encodes back to itself.
  if (bytes.length === 0 || bytes.toString('base64url') !== part) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return bytes;
}
