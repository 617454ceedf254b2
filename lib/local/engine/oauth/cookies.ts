import type { Environment } from '../environment.js';

/** Attributes of a cookie. */
export interface CookieOptions {
  readonly name: string;
  readonly value: string;
  /** Seconds. Default: until the browser is closed. */
  readonly maxAge?: number;
}

/**
 * A Set-Cookie header of the domain: out of reach of scripts, and sent with links from other sites, because an app
 * client's link to `/oauth2/authorize` is one.
 */
export function setCookie({ origin }: Pick<Environment, 'origin'>, { name, value, maxAge }: CookieOptions): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`;
}

/** Reads a cookie of a Cookie header. The first of several with the same name wins. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  const found = pairs.find(([key]) => key === name);
  return found?.slice(1).join('=');
}
