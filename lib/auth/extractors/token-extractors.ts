import { TokenRejectedError } from '../../tokens/token-errors.js';
import type { TokenSource } from '../request-context.js';

/**
 * Finds the token of a call, or nothing. It may throw `TokenRejectedError` REQUEST_MALFORMED when there is something
 * that cannot be a token. Of which characters a token is made is looked at later.
 */
export type TokenExtractor = (source: TokenSource) => string | null | undefined;

/** Syntax of a bearer token (RFC 6750, section 2.1: b64token). */
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * `Authorization: Bearer <token>` (RFC 6750, section 2.1) of the request, the handshake or the message. Another scheme
 * counts as no token.
 */
export function bearerToken(): TokenExtractor {
  return ({ headers }) => {
    const { authorization } = headers;
    if (authorization === undefined) {
      return undefined;
    }
    if (typeof authorization !== 'string') {
      throw new TokenRejectedError('REQUEST_MALFORMED');
    }
    return fromAuthorization(authorization);
  };
}

/**
 * A cookie of the request or the handshake. Plain cookies need no parser. Signed ones need cookie-parser (Express) or
 * `@fastify/cookie`; one whose signature is wrong counts as no token. Handshakes of WebSockets bring plain ones only.
 *
 * Browsers send cookies along with requests that other sites cause: use `SameSite` cookies, and check `Origin` where a
 * WebSocket connects.
 */
export function cookieToken(name: string, options: { readonly signed?: boolean } = {}): TokenExtractor {
  return options.signed === true ? (source) => signedCookie(source, name) : (source) => plainCookie(source, name);
}

/**
 * What the client sent while it connected: socket.io's `auth`, graphql-ws's `connectionParams`.
 *
 * @param names - members to look at, in order. Default `authorization`, `Authorization`, `token`, `accessToken`. A
 *   leading `Bearer ` is taken off.
 */
export function handshakeToken(
  names: readonly string[] = ['authorization', 'Authorization', 'token', 'accessToken'],
): TokenExtractor {
  return ({ handshake }) => {
    const value = names.map((name) => (Object.hasOwn(handshake, name) ? handshake[name] : undefined)).find(Boolean);
    return typeof value === 'string' ? bare(value) : undefined;
  };
}

/** A member of a message's payload, for clients that send a token with each message. A leading `Bearer ` is taken off. */
export function payloadToken(name: string): TokenExtractor {
  return ({ data }) => {
    const value: unknown =
      typeof data === 'object' && data !== null && Object.hasOwn(data, name) ? Reflect.get(data, name) : undefined;
    return typeof value === 'string' ? bare(value) : undefined;
  };
}

/** What is looked at unless the options say otherwise: the `Authorization` header, then the handshake. */
export const DEFAULT_EXTRACTORS: readonly TokenExtractor[] = Object.freeze([bearerToken(), handshakeToken()]);

/**
 * The first token that an extractor finds, if it can be one.
 *
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED
 */
export function extractToken(source: TokenSource, extractors: readonly TokenExtractor[]): string {
  const token = findToken(source, extractors);
  assertTokenSyntax(token);
  return token;
}

/**
 * Refuses what cannot be a token whatever it says. To look at each character takes as long as the rest of what the guard
 * does about a token that it remembers, so the guard asks for this only about tokens that it does not know.
 *
 * @throws TokenRejectedError REQUEST_MALFORMED
 */
export function assertTokenSyntax(token: string): void {
  if (!B64TOKEN.test(token)) {
    throw new TokenRejectedError('REQUEST_MALFORMED');
  }
}

/**
 * The first token that an extractor finds. It may be any text.
 *
 * @throws TokenRejectedError TOKEN_MISSING, REQUEST_MALFORMED
 */
export function findToken(source: TokenSource, extractors: readonly TokenExtractor[]): string {
  for (const extractor of extractors) {
    const token = extractor(source);
    if (token !== undefined && token !== null && token !== '') {
      return token;
    }
  }
  throw new TokenRejectedError('TOKEN_MISSING');
}

/** How everybody spells it; it spares the look at each character that other spellings take. */
const USUAL_SCHEME = 'Bearer ';

function fromAuthorization(value: string): string | undefined {
  const isUsual = value.startsWith(USUAL_SCHEME) && !isBlank(value, USUAL_SCHEME.length) && !isBlank(value, -1);
  return isUsual ? value.slice(USUAL_SCHEME.length) : fromUnusual(value);
}

function isBlank(value: string, at: number): boolean {
  const character = value.charCodeAt(at < 0 ? value.length + at : at);
  // Not a number beyond the end.
  return !(character > 0x20);
}

/** Schemes are compared without regard to case (RFC 9110, section 11.1). */
function fromUnusual(value: string): string | undefined {
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

function bare(value: string): string | undefined {
  return /^bearer(\s|$)/i.test(value) ? fromAuthorization(value) : value;
}

function plainCookie(source: TokenSource, name: string): string | undefined {
  const parsed = member(member(source.request, 'cookies'), name);
  return typeof parsed === 'string' ? parsed : fromCookieHeader(source.headers['cookie'], name);
}

function fromCookieHeader(header: unknown, name: string): string | undefined {
  if (typeof header !== 'string') {
    return undefined;
  }
  const pair = header.split(';').find((part) => part.slice(0, part.indexOf('=')).trim() === name);
  const value = pair?.slice(pair.indexOf('=') + 1).trim();
  // The quotes around a value belong to the header (RFC 6265, section 4.1.1).
  return value?.replace(/^"(.*)"$/, '$1');
}

function signedCookie({ request }: TokenSource, name: string): string | undefined {
  const parsed = member(member(request, 'signedCookies'), name);
  if (typeof parsed === 'string') {
    return parsed;
  }
  const raw = member(member(request, 'cookies'), name);
  const unsign = Reflect.get(request, 'unsignCookie') as unknown;
  if (typeof raw !== 'string' || typeof unsign !== 'function') {
    return undefined;
  }
  const unsigned: unknown = Reflect.apply(unsign, request, [raw]);
  return member(unsigned, 'valid') === true ? (member(unsigned, 'value') as string) : undefined;
}

function member(target: unknown, name: string): unknown {
  return typeof target === 'object' && target !== null ? (Reflect.get(target, name) as unknown) : undefined;
}
