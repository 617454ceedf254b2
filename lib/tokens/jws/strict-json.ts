import { isObject } from '../../types/is-object.js';
import { TokenRejectedError } from '../token-errors.js';

/** A parsed JSON object whose members are not validated yet. It and all within it are frozen. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than any Cognito token nests, and shallow enough for any stack. */
const MAX_DEPTH = 32;

const QUOTE = '"';
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * Parses a JSON object and rejects what JSON.parse accepts: the same member name twice at any depth (RFC 7519,
 * section 4), a member named `__proto__`, and excessive nesting.
 *
 * @throws TokenRejectedError TOKEN_MALFORMED
 */
export function parseStrictJson(text: string): JsonObject {
  const value = parse(text);
  if (!isObject(value)) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  // JSON.parse keeps the last of two equal names: a repeated name leaves fewer members in the value than in the text.
  if (freezeAndCountMembers(value, 0) !== countMembersIn(text)) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause: its message quotes the text.
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
}

function freezeAndCountMembers(value: object, depth: number): number {
  if (depth > MAX_DEPTH || Object.hasOwn(value, '__proto__')) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  const members: unknown[] = Object.values(value);
  let count = Array.isArray(value) ? 0 : members.length;
  for (const member of members) {
    if (typeof member === 'object' && member !== null) {
      count += freezeAndCountMembers(member, depth + 1);
    }
  }
  Object.freeze(value);
  return count;
}

/**
 * In valid JSON each member has exactly one colon outside strings. Strings are skipped, not read: that is much faster.
 */
function countMembersIn(json: string): number {
  let count = 0;
  let position = 0;
  while (position < json.length) {
    const open = json.indexOf(QUOTE, position);
    const end = open < 0 ? json.length : open;
    for (; position < end; position++) {
      if (json.charCodeAt(position) === COLON) {
        count++;
      }
    }
    position = open < 0 ? end : endOfString(json, open) + 1;
  }
  return count;
}

/** The position of the quote that ends a string. Valid JSON has one. */
function endOfString(json: string, open: number): number {
  let close = json.indexOf(QUOTE, open + 1);
  while (json.charCodeAt(close - 1) === BACKSLASH && isEscaped(json, close)) {
    close = json.indexOf(QUOTE, close + 1);
  }
  return close < 0 ? json.length : close;
}

/** Whether an odd number of backslashes precedes a position. */
function isEscaped(json: string, position: number): boolean {
  let first = position;
  while (json.charCodeAt(first - 1) === BACKSLASH) {
    first--;
  }
  return (position - first) % 2 === 1;
}
