import { setMaxListeners } from 'node:events';

import { within } from '../../time/within.js';
import type { Verifier } from '../verifier.js';
import { TenantsUnavailableError } from './tenant-errors.js';

/**
 * Returns the verifier of an issuer; `undefined` or `null` for an issuer that is not on your list.
 *
 * @publicApi
 */
export type TenantResolver = (issuer: string) => ResolvedTenant | Promise<ResolvedTenant>;

type ResolvedTenant = Verifier | undefined | null;

/** How much is asked of the list at once. */
export interface BoundedTenantListLimits {
  /** Largest number of pending lookups of unknown issuers. */
  readonly capacity: number;
  /** Timeout of a lookup, in milliseconds. */
  readonly timeout: number;
}

/** For each lookup that may be pending, the lookups that were given up and that the list has still not answered. */
const UNANSWERED_PER_PENDING = 10;

/** The application's allow-list, asked within limits: it may be slow, or never answer. */
export class BoundedTenantList {
  readonly #closing = new AbortController();
  /** Lookups of unknown issuers under way: those of known ones must not be refused because of them. */
  #pending = 0;
  /** Those and the ones that were given up. The list holds on to each of them. */
  #unanswered = 0;

  constructor(
    private readonly resolve: TenantResolver,
    private readonly limits: BoundedTenantListLimits,
  ) {
    // Each lookup under way listens.
    setMaxListeners(0, this.#closing.signal);
  }

  /**
   * The verifier of an issuer; `undefined` for an unlisted one.
   *
   * @param isKnown - whether the list has named the issuer before. Such lookups are never refused.
   * @throws TenantsUnavailableError if the list does not answer in time, or too many lookups are pending.
   */
  async ask(issuer: string, isKnown: boolean): Promise<Verifier | undefined> {
    const { capacity, timeout } = this.limits;
    if (!isKnown && (this.#pending >= capacity || this.#unanswered >= capacity * UNANSWERED_PER_PENDING)) {
      throw new TenantsUnavailableError({ cause: new Error(`${String(capacity)} lookups are pending.`) });
    }
    const weight = isKnown ? 0 : 1;
    this.#pending += weight;
    try {
      const late = () =>
        new TenantsUnavailableError({ cause: new Error(`The lookup took longer than ${String(timeout)} ms.`) });
      return await within(timeout, this.#resolveCounted(issuer, weight), late, this.#closing.signal);
    } finally {
      this.#pending -= weight;
    }
  }

  /** Ends lookups that are under way, and lets further ones fail. */
  close(): void {
    this.#closing.abort(new TenantsUnavailableError({ cause: new Error('The verifier was closed.') }));
  }

  async #resolveCounted(issuer: string, weight: number): Promise<Verifier | undefined> {
    this.#unanswered += weight;
    try {
      return await this.#resolve(issuer);
    } finally {
      this.#unanswered -= weight;
    }
  }

  /** Drops a verifier for another issuer: it would always reject the token. */
  async #resolve(issuer: string): Promise<Verifier | undefined> {
    const found = (await this.resolve(issuer)) ?? undefined;
    return found !== undefined && (await found.accepts(issuer)) ? found : undefined;
  }
}
