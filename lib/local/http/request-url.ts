import type { Environment } from '../engine/environment.js';
import type { HttpRequest } from './route.js';

/**
 * The origin that the client has reached this server by, such as the one in a browser's address bar: `localhost`, a domain
 * of a pool, or the server's own address. A proxy in front of the server, at the host of the issuer, has the issuer's scheme.
 */
export function originOf(
  { origin, issuer }: Pick<Environment, 'origin' | 'issuer'>,
  { headers: { host } }: Pick<HttpRequest, 'headers'>,
): string {
  const base = URL.canParse(issuer) && new URL(issuer).host === host ? issuer : origin;
  const url = `${new URL(base).protocol}//${host ?? ''}`;
  return URL.canParse(url) ? new URL(url).origin : origin;
}
