import { TokenRejectedError } from '../../tokens/token-errors.js';
import { isObject } from '../../types/is-object.js';
import { withoutScheme } from './bearer-token.js';
import type { TokenExtractor } from './token-extractor.js';

/** Where clients send a token when they connect. */
const NAMES: readonly string[] = ['authorization', 'token', 'accessToken', 'authToken'];

/**
 * Reads what the client sent when it connected: socket.io's `auth`, graphql-ws's `connectionParams`. The token is a member
 * of it, or of its member `headers`, as in `connectionParams: { headers: { Authorization: 'Bearer ...' } }`. A leading
 * `Bearer ` is removed. The query of the URL is not read, because servers log it.
 *
 * The extractor throws `TokenRejectedError` REQUEST_MALFORMED (400) if a name is there twice with different values: in
 * another case, or in `headers` too.
 *
 * @param names - members to read, in any case; the first one with a value counts. Default: `authorization`, `token`,
 *   `accessToken`, `authToken`.
 *
 * @publicApi
 */
export function handshakeToken(names: readonly string[] = NAMES): TokenExtractor {
  const keys = names.map((name) => name.toLowerCase());
  return ({ handshake }) => {
    const members = [handshake, ownMember(handshake, 'headers')].flatMap(entriesOf);
    const named = keys
      .map((key) => members.filter(([name]) => name.toLowerCase() === key))
      .find(({ length }) => length);
    return named && onlyToken(named.map(([, value]) => value));
  };
}

/**
 * Reads a member of a message's payload, for clients that send a token with each message. A leading `Bearer ` is removed.
 *
 * @publicApi
 */
export function payloadToken(name: string): TokenExtractor {
  return ({ data }) => {
    const value = ownMember(data, name);
    return typeof value === 'string' ? withoutScheme(value) : undefined;
  };
}

/** The members of an object that have a value. */
function entriesOf(target: unknown): [name: string, value: unknown][] {
  return isObject(target) ? Object.entries(target).filter(([, value]) => Boolean(value)) : [];
}

/** @throws TokenRejectedError REQUEST_MALFORMED if the values differ: one of them would be ignored. */
function onlyToken(values: readonly unknown[]): string | undefined {
  const [token, ...others] = new Set(
    values.map((value) => (typeof value === 'string' ? withoutScheme(value) : undefined)),
  );
  if (others.length > 0) {
    throw new TokenRejectedError('REQUEST_MALFORMED');
  }
  return token;
}

/** Clients choose payloads and handshakes, so inherited members such as `constructor` do not count. */
function ownMember(target: unknown, name: string): unknown {
  return isObject(target) && Object.hasOwn(target, name) ? target[name] : undefined;
}
