import { isObject } from '../../types/is-object.js';
import { withoutScheme } from './bearer-token.js';
import type { TokenExtractor } from './token-extractor.js';

/**
 * Reads a member that the client sent when it connected: socket.io's `auth`, graphql-ws's `connectionParams`. A leading
 * `Bearer ` is removed.
 *
 * @param names - members to read; the first one with a value counts. Default: `authorization`, `Authorization`, `token`,
 *   `accessToken`.
 *
 * @publicApi
 */
export function handshakeToken(
  names: readonly string[] = ['authorization', 'Authorization', 'token', 'accessToken'],
): TokenExtractor {
  return ({ handshake }) => {
    const value = names.map((name) => ownMember(handshake, name)).find(Boolean);
    return typeof value === 'string' ? withoutScheme(value) : undefined;
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

/** Clients choose payloads and handshakes, so inherited members such as `constructor` do not count. */
function ownMember(target: unknown, name: string): unknown {
  return isObject(target) && Object.hasOwn(target, name) ? target[name] : undefined;
}
