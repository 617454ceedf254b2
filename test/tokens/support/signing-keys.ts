import { systemClock } from '../../../lib/time/clock.js';
import { SigningKeys, type FetchedSigningKeysOptions } from '../../../lib/tokens/keys/signing-keys.js';
import { VERIFIER_DEFAULTS } from '../../../lib/tokens/verifier-defaults.js';
import { ISSUER, jwks } from './test-issuer.js';

/** The signing keys of the test issuer, or of another one, without any network. */
export function fixedKeys(issuer = ISSUER, set: readonly unknown[] = jwks().keys): SigningKeys {
  return new SigningKeys({ issuer, jwks: set });
}

/** Signing keys of the test issuer that are fetched, as often as `createPoolVerifier` has them fetched. */
export function fetchedKeys(
  options: Partial<FetchedSigningKeysOptions> & Pick<FetchedSigningKeysOptions, 'fetch'>,
): SigningKeys {
  const { jwksMaxAge: maxAge, jwksMaxStale: maxStale } = VERIFIER_DEFAULTS;
  const { jwksCooldown: cooldown, jwksRetryDelay: retryDelay } = VERIFIER_DEFAULTS;
  return new SigningKeys({ issuer: ISSUER, maxAge, maxStale, cooldown, retryDelay, clock: systemClock, ...options });
}
