import type { SigningKeysStatus } from '../tokens/keys/signing-keys.js';

/** Details of the result. Times are in milliseconds, and absent where they do not apply. */
interface KeysDetails extends Record<string, unknown> {
  /** The number of keys of the issuer that has most. */
  readonly keys: number;
  /** Age of the newest key set. */
  readonly age?: number;
  /** Time for which no key set could be fetched. */
  readonly outage?: number;
}

export interface KeysHealth {
  readonly isUp: boolean;
  readonly details: KeysDetails;
}

/**
 * Evaluates the signing keys of a pool. One issuer with usable keys is enough: a pool has two issuer URLs and signs
 * with one, and a forged token can make the guard fetch the keys of the other.
 */
export function keysHealth(issuers: readonly SigningKeysStatus[], maxAge = Number.POSITIVE_INFINITY): KeysHealth {
  const usable = issuers.filter(({ keys, age, outage }) => keys > 0 && (outage === undefined || (age ?? 0) <= maxAge));
  const failing = issuers.filter(({ outage }) => outage !== undefined);
  const isUp = usable.length > 0 || failing.length === 0;
  const ages = issuers.map(({ age }) => age).filter((age) => age !== undefined);
  const outages =
    isUp && usable.some(({ outage }) => outage === undefined) ? [] : failing.map(({ outage = 0 }) => outage);
  return {
    isUp,
    details: {
      keys: Math.max(0, ...issuers.map(({ keys }) => keys)),
      ...(ages.length > 0 && { age: Math.min(...ages) }),
      ...(outages.length > 0 && { outage: Math.max(...outages) }),
    },
  };
}
