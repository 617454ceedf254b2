import { isObject } from '../../types/is-object.js';
import type { TokenSource } from '../request-context.js';
import type { TokenExtractor } from './token-extractor.js';

/** Options of `cookieToken`. */
interface CookieTokenOptions {
  /** Accept only a cookie with a valid signature. Default: `false`. */
  readonly signed?: boolean;
}

/**
 * Reads a cookie of the request or the handshake. Plain cookies need no parser. Signed cookies need cookie-parser
 * (Express) or `@fastify/cookie`; a cookie with an invalid signature counts as no token. WebSocket handshakes carry plain
 * cookies only.
 *
 * Browsers attach cookies to cross-site requests (CSRF): use `SameSite` cookies, and check `Origin` when a WebSocket
 * connects.
 *
 * @example
 * MandateModule.forRoot({ userPoolId, clientId, extractors: [cookieToken('session', { signed: true }), bearerToken()] })
 *
 * @publicApi
 */
export function cookieToken(name: string, options: CookieTokenOptions = {}): TokenExtractor {
  return options.signed === true ? (source) => signedCookie(source, name) : (source) => plainCookie(source, name);
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
  // Quotes around a value are syntax, not part of it (RFC 6265, section 4.1.1).
  return value?.replace(/^"(.*)"$/, '$1');
}

function signedCookie({ request }: TokenSource, name: string): string | undefined {
  const parsed = member(member(request, 'signedCookies'), name);
  return typeof parsed === 'string' ? parsed : unsignedByFastify(request, name);
}

/** `@fastify/cookie` verifies a signature on demand. */
function unsignedByFastify(request: object, name: string): string | undefined {
  const raw = member(member(request, 'cookies'), name);
  const unsign = Reflect.get(request, 'unsignCookie') as unknown;
  if (typeof raw !== 'string' || typeof unsign !== 'function') {
    return undefined;
  }
  const unsigned: unknown = Reflect.apply(unsign, request, [raw]);
  return member(unsigned, 'valid') === true ? (member(unsigned, 'value') as string) : undefined;
}

function member(target: unknown, name: string): unknown {
  return isObject(target) ? target[name] : undefined;
}
