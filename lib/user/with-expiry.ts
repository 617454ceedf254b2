import { MandateArgumentError } from '../errors/argument-error.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import { expiryClaim } from '../protocol/unverified-claims.js';

/**
 * The tokens with a usable `expiresAt`. What an application has stored may lack it or hold a date, and such tokens would
 * compare as never expired. A missing one is taken from the access token; if that is opaque, the tokens count as expired.
 *
 * @param argument - the name of the tokens.
 * @throws MandateArgumentError if `expiresAt` is something else than a number.
 */
export function withExpiry(tokens: TokenSet, argument: string): TokenSet {
  const expiresAt = tokens.expiresAt as unknown;
  if (Number.isFinite(expiresAt)) {
    return tokens;
  }
  if (expiresAt !== undefined && expiresAt !== null) {
    throw new MandateArgumentError(
      `${argument}.expiresAt`,
      'must be a number of milliseconds since the epoch, or omitted for the expiry of the access token',
    );
  }
  return { ...tokens, expiresAt: expiryClaim(tokens.accessToken) ?? 0 };
}
