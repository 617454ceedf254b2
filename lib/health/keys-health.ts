import type { SigningKeysStatus } from '../tokens/keys/signing-keys.js';

/** What is told about the keys of a pool. Times are in milliseconds; they are absent where there is nothing to tell. */
interface KeysDetails extends Record<string, unknown> {
  /** How many keys are known of the issuer that has most. */
  readonly keys: number;
  /** Age of the newest key set. */
  readonly age?: number;
  /** For how long no key set could be fetched. */
  readonly outage?: number;
}

export interface KeysHealth {
  readonly isUp: boolean;
  readonly details: KeysDetails;
}

/**
 * Judges what is known about the keys of a pool. One of its issuers with good keys is enough: a pool has two forms of
 * its address and signs with one, and anybody can make the other one be asked for, with a forged token.
 */
export function keysHealth(issuers: readonly SigningKeysStatus[], maxAge = Number.POSITIVE_INFINITY): KeysHealth {
  const good = issuers.filter(({ keys, age, outage }) => keys > 0 && (outage === undefined || (age ?? 0) <= maxAge));
  const failing = issuers.filter(({ outage }) => outage !== undefined);
  const isUp = good.length > 0 || failing.length === 0;
  const ages = issuers.map(({ age }) => age).filter((age) => age !== undefined);
  const outages =
    isUp && good.some(({ outage }) => outage === undefined) ? [] : failing.map(({ outage = 0 }) => outage);
  return {
    isUp,
    details: {
      keys: Math.max(0, ...issuers.map(({ keys }) => keys)),
      ...(ages.length > 0 && { age: Math.min(...ages) }),
      ...(outages.length > 0 && { outage: Math.max(...outages) }),
    },
  };
}
