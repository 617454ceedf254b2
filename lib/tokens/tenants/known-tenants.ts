import { BoundedMap } from '../../memory/bounded-map.js';
import type { Clock } from '../../time/clock.js';
import { isFresh } from '../../time/is-fresh.js';
import type { Verifier } from '../verifier.js';

/** How long an answer of the list counts. All in milliseconds. */
export interface TenantTimes {
  /** Time for which an answer counts. In its second half the list is asked again in the background. */
  readonly ttl: number;
  /** How much longer it counts while the list fails. */
  readonly maxStale: number;
}

interface Tenant {
  readonly verifier: Verifier;
  /** When the list named it. */
  listedAt: number;
  /** When the list failed to answer about it, since then. */
  failedAt: number | undefined;
}

/** Milliseconds between two questions about a tenant while the list fails. */
const RETRY_DELAY = 1_000;

/** The tenants that the list has named, and how far its answers still count. */
export class KnownTenants {
  readonly #tenants: BoundedMap<string, Tenant>;

  /** @param capacity - the largest number of tenants. */
  constructor(
    capacity: number,
    private readonly times: TenantTimes,
    private readonly clock: Clock,
  ) {
    this.#tenants = new BoundedMap(capacity);
  }

  /**
   * The verifier of a tenant that need not wait for the list.
   *
   * @param refresh - called if the list should be asked again in the background.
   */
  current(issuer: string, refresh: (issuer: string) => void): Verifier | undefined {
    const tenant = this.#tenants.get(issuer);
    // This runs for every request.
    return tenant === undefined || isFresh(tenant.listedAt, this.times.ttl / 2, this.clock())
      ? tenant?.verifier
      : this.#aging(issuer, tenant, refresh);
  }

  /** The verifier of a tenant, for as long as the last answer about it may count. */
  stale(issuer: string): Verifier | undefined {
    const tenant = this.#tenants.get(issuer);
    const { ttl, maxStale } = this.times;
    return tenant !== undefined && isFresh(tenant.listedAt, ttl + maxStale, this.clock()) ? tenant.verifier : undefined;
  }

  /** Records that the list names a tenant. */
  set(issuer: string, verifier: Verifier): void {
    this.#tenants.set(issuer, { verifier, listedAt: this.clock(), failedAt: undefined });
  }

  /** Records that the list did not answer. */
  fail(issuer: string): void {
    const tenant = this.#tenants.peek(issuer);
    if (tenant !== undefined) {
      tenant.failedAt = this.clock();
    }
  }

  /** Deletes a tenant. */
  delete(issuer: string): void {
    this.#tenants.delete(issuer);
  }

  /** The verifiers of all tenants. */
  verifiers(): readonly Verifier[] {
    return [...this.#tenants.values()].map(({ verifier }) => verifier);
  }

  #aging(issuer: string, tenant: Tenant, refresh: (issuer: string) => void): Verifier | undefined {
    const { ttl } = this.times;
    const now = this.clock();
    if (now < tenant.listedAt) {
      // The clock was set back, so nobody knows the age. The answer is stale from now on.
      tenant.listedAt = now - ttl;
    }
    const { listedAt, failedAt } = tenant;
    // A list that has just failed is not waited for.
    if (!isFresh(listedAt, ttl, now) && (failedAt === undefined || !isFresh(failedAt, ttl, now))) {
      return undefined;
    }
    if (failedAt === undefined || !isFresh(failedAt, RETRY_DELAY, now)) {
      refresh(issuer);
    }
    return this.stale(issuer);
  }
}
