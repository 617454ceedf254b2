import { createPublicKey, type KeyObject } from 'node:crypto';

import { isObject } from '../../types/is-object.js';

/** One RSA key of a key set. Modulus and exponent show whether a later set holds the same key. */
export interface SigningKey {
  readonly kid: string;
  readonly n: string;
  readonly e: string;
  readonly key: KeyObject;
}

/** Smallest RSA modulus for RS256 (RFC 7518, section 3.3). */
const MIN_MODULUS_BITS = 2048;
/** Cognito's have 2,048. The time that a signature takes grows with the square of the number. */
const MAX_MODULUS_BITS = 8192;
/** Characters of base64url for the largest modulus, with a byte for the sign that some encoders add. */
const MAX_MEMBER_LENGTH = Math.ceil((MAX_MODULUS_BITS / 8 + 1) * (4 / 3));
/** 2^32 + 1. Cognito's is 65,537. The time that a signature takes grows with the exponent's length. */
const MAX_EXPONENT = 4_294_967_297n;

/**
 * Creates a KeyObject for each key that may sign RS256 tokens. Leaves out keys that are not RSA, not for signatures, not
 * for RS256, too short, so long that checking a signature takes its time, or malformed. Keys that `known` already holds keep their KeyObject.
 */
export function importSigningKeys(
  jwks: readonly unknown[],
  known: ReadonlyMap<string, SigningKey> = new Map(),
): ReadonlyMap<string, SigningKey> {
  const keys = new Map<string, SigningKey>();
  for (const jwk of jwks) {
    const imported = importSigningKey(jwk, known);
    if (imported !== undefined) {
      keys.set(imported.kid, imported);
    }
  }
  return keys;
}

function importSigningKey(jwk: unknown, known: ReadonlyMap<string, SigningKey>): SigningKey | undefined {
  if (!isRsaSigningJwk(jwk)) {
    return undefined;
  }
  const { kid, n, e } = jwk;
  const same = known.get(kid);
  if (same?.n === n && same.e === e) {
    return same;
  }
  const key = createRsaKey(n, e);
  return key && { kid, n, e, key };
}

function createRsaKey(n: string, e: string): KeyObject | undefined {
  try {
    // Only the public members, whatever else the key set holds.
    const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    const exponent = key.asymmetricKeyDetails?.publicExponent ?? 0n;
    const isSize = bits >= MIN_MODULUS_BITS && bits <= MAX_MODULUS_BITS;
    return isSize && exponent > 2n && exponent <= MAX_EXPONENT ? key : undefined;
  } catch {
    return undefined;
  }
}

function isRsaSigningJwk(jwk: unknown): jwk is { kid: string; n: string; e: string } {
  if (!isObject(jwk)) {
    return false;
  }
  const { kty, use = 'sig', alg = 'RS256', kid, n, e } = jwk;
  return (
    kty === 'RSA' &&
    use === 'sig' &&
    alg === 'RS256' &&
    typeof kid === 'string' &&
    kid !== '' &&
    isShortString(n) &&
    isShortString(e)
  );
}

function isShortString(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_MEMBER_LENGTH;
}
