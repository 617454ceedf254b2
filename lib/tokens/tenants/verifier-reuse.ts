import { BoundedMap } from '../../memory/bounded-map.js';
import type { TokenVerifier } from '../token-verifier.js';

interface CreatedVerifier {
  readonly fingerprint: readonly unknown[];
  readonly verifier: TokenVerifier;
}

/**
 * Reuses the verifier of a tenant while the option `tenants` returns the same values for it: a new verifier would fetch
 * the tenant's keys again.
 */
export class VerifierReuse {
  readonly #created: BoundedMap<string, CreatedVerifier>;

  /** @param capacity - the largest number of verifiers. */
  constructor(capacity: number) {
    this.#created = new BoundedMap(capacity);
  }

  /** @param fingerprint - values that are identical as long as the options are the same. */
  get(issuer: string, fingerprint: readonly unknown[], create: () => TokenVerifier): TokenVerifier {
    const before = this.#created.get(issuer);
    if (before !== undefined && isSame(before.fingerprint, fingerprint)) {
      return before.verifier;
    }
    const verifier = create();
    this.#created.set(issuer, { fingerprint, verifier });
    return verifier;
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
