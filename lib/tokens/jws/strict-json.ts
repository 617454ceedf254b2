import { TokenRejectedError } from '../token-errors.js';

/** A JSON object as parsed: nothing is known about its members yet. It and all within it are frozen. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than any Cognito token goes, and shallow enough for any stack. */
const MAX_DEPTH = 32;

/**
 * Parses a JSON object and refuses what JSON.parse lets through: the same member name twice at any depth (RFC 7519,
 * section 4), a member named `__proto__`, and nesting beyond reason.
 *
 * @throws TokenRejectedError TOKEN_MALFORMED
 */
export function parseStrictJson(text: string): JsonObject {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  // JSON.parse keeps the last of two equal names, so a repeated name makes the parsed value poorer than the text.
  if (freezeAndCountMembers(value, 0) !== countColonsOutsideStrings(text)) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  return value as JsonObject;
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

/** In valid JSON each member has exactly one colon that is not inside a string. */
function countColonsOutsideStrings(json: string): number {
  let count = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i);
    if (unit === QUOTE) {
      inString = !inString;
    } else if (unit === BACKSLASH) {
      i++;
    } else if (unit === COLON && !inString) {
      count++;
    }
  }
  return count;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
