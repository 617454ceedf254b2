import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { ExpiringMap } from '../../memory/expiring-map.js';
import { SingleFlight } from '../../memory/single-flight.js';
import type { Clock } from '../../time/clock.js';
import { within } from '../../time/within.js';
import type { VerifiedClaims } from '../claims/token-claims.js';
import { readIssuer } from '../jws/compact-jws.js';
import type { SigningKeysStatus } from '../keys/signing-keys.js';
import { claimMismatch, claimText } from '../claim-mismatch.js';
import { mismatched, TokenRejectedError } from '../token-errors.js';
import { notifyOfRejection, type TokenObserver } from '../token-events.js';
import type { TokenExpectations, Verifier } from '../verifier.js';
import { TENANT_DEFAULTS } from '../verifier-defaults.js';
import { KnownTenants } from './known-tenants.js';
import { TenantsUnavailableError } from './tenant-errors.js';
import { BoundedTenantList, type TenantResolver } from './bounded-tenant-list.js';

/**
 * Limits of a `TenantVerifier`.
 *
 * @publicApi
 */
export interface TenantLimits {
  /** Largest number of tenants to keep, of unlisted issuers, and of pending lookups of unknown issuers. */
  readonly capacity: number;
  /** Timeout of a lookup, in milliseconds. */
  readonly timeout: number;
  /** Milliseconds after which a tenant is looked up again: it may have been removed from the list. */
  readonly tenantTtl: number;
  /**
   * How much longer a tenant is accepted while the list does not answer, in milliseconds. Default: 1 hour. Risk: during
   * an outage of the list, a tenant that was removed from it is accepted that long.
   */
  readonly tenantMaxStale?: number | undefined;
  /** Milliseconds for which an unlisted issuer is not looked up again. */
  readonly unlistedTtl: number;
}

/**
 * Options of a `TenantVerifier`.
 *
 * @publicApi
 */
export interface TenantVerifierOptions extends TenantLimits {
  /** Identifies the tenants in events. */
  readonly name: string;
  /**
   * Your allow-list. The issuer comes from an unverified token: look it up, never build an address from it. Create
   * verifiers with `createPoolVerifier`.
   */
  readonly resolve: TenantResolver;
  /** A verifier that is on the list always, and is not looked up. Default: none. */
  readonly own?: Verifier | undefined;
  readonly clock: Clock;
  readonly onTokenEvent?: TokenObserver | undefined;
}

/** Longer issuers are never looked up: the address of a user pool has about 70 characters. */
const MAX_ISSUER_LENGTH = 512;

/** Milliseconds for which a token of a known tenant waits for the list. */
const PATIENCE = 500;

/**
 * Verifies tokens of many user pools, found by their issuer at run time. It never makes a request to an unlisted
 * issuer. Create it with `createTenantVerifier`.
 *
 * @publicApi
 */
export class TenantVerifier implements Verifier {
  readonly #options: TenantVerifierOptions;
  readonly #tenants: KnownTenants;
  readonly #unlisted: ExpiringMap<string, true>;
  readonly #lookups = new SingleFlight<string, Verifier | undefined>();
  readonly #list: BoundedTenantList;

  constructor(options: TenantVerifierOptions) {
    this.#options = options;
    this.#list = new BoundedTenantList(options.resolve, options);
    const { tenantTtl: ttl, tenantMaxStale: maxStale = TENANT_DEFAULTS.tenantMaxStale } = options;
    this.#tenants = new KnownTenants(options.capacity, { ttl, maxStale }, options.clock);
    // Separate from the tenants, so that tokens with forged issuers cannot evict them.
    this.#unlisted = new ExpiringMap(options.capacity, options.clock);
  }

  /**
   * Whether an issuer is on the list. `true` without a promise for a tenant that is known.
   *
   * @throws TenantsUnavailableError if the list does not answer.
   */
  accepts(issuer: string): boolean | Promise<boolean> {
    return this.#current(issuer) !== undefined || this.tenantOf(issuer).then((tenant) => tenant !== undefined);
  }

  /**
   * Does the same as `verify`, synchronously, if the tenant is known and its verifier has nothing to wait for. Returns
   * `undefined` otherwise, and for a string that is not a token: call `verify` then.
   *
   * @throws TokenRejectedError if the token is rejected.
   */
  verifySync(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined {
    const issuer = readIssuerIfAny(token);
    return issuer === undefined ? undefined : this.#current(issuer)?.verifySync?.(token, expectations);
  }

  /**
   * The claims of a token of a listed issuer that passes every check.
   *
   * @throws TokenRejectedError if the token is rejected.
   * @throws TenantsUnavailableError if the list does not answer.
   * @throws SigningKeysUnavailableError, RevocationCheckFailedError if the token could not be checked.
   */
  async verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims> {
    const issuer = this.#issuerOf(token);
    const tenant = await this.tenantOf(issuer);
    if (tenant === undefined) {
      const mismatch = claimMismatch('iss of a listed tenant', claimText('iss', issuer));
      throw this.#reject(mismatched('TOKEN_ISSUER_REFUSED', mismatch));
    }
    return tenant.verify(token, expectations);
  }

  /** The status of the keys of the known tenants. */
  keys(): readonly SigningKeysStatus[] {
    const { own } = this.#options;
    return [...(own === undefined ? [] : [own]), ...this.#tenants.verifiers()].flatMap((verifier) => verifier.keys());
  }

  /** Ends lookups and fetches of keys that are under way, and starts no further ones. */
  close(): void {
    this.#list.close();
    for (const verifier of this.#tenants.verifiers()) {
      verifier.close?.();
    }
  }

  /**
   * Forgets a tenant, or that an issuer was unlisted, so that it is looked up again with the next token. Call it after
   * your list has changed. The result of a lookup that is under way is not kept.
   */
  forget(issuer: string): void {
    this.#lookups.forget(issuer);
    this.#tenants.delete(issuer);
    this.#unlisted.delete(issuer);
  }

  /**
   * The verifier of an issuer; `undefined` for an unlisted one.
   *
   * @throws TenantsUnavailableError if the list does not answer in time, or too many lookups are pending.
   */
  async tenantOf(issuer: string): Promise<Verifier | undefined> {
    const known = this.#current(issuer);
    if (known !== undefined || issuer.length > MAX_ISSUER_LENGTH || this.#unlisted.get(issuer) === true) {
      return known;
    }
    const stale = this.#tenants.stale(issuer);
    return stale === undefined ? this.#lookUp(issuer) : this.#refreshed(issuer, stale);
  }

  /** The verifier of an issuer that need not wait for the list. */
  #current(issuer: string): Verifier | undefined {
    const { own } = this.#options;
    return own?.accepts(issuer) === true ? own : this.#tenants.current(issuer, this.#refresh);
  }

  /** Asks the list about a known tenant in the background. */
  readonly #refresh = (issuer: string): void => {
    this.#lookUp(issuer).catch((error: unknown) => {
      this.#noteFailure(issuer, error);
    });
  };

  /** What the list says about a known tenant, or said if it does not answer soon. */
  async #refreshed(issuer: string, stale: Verifier): Promise<Verifier | undefined> {
    const { timeout } = this.#options;
    try {
      return await within(Math.min(timeout, PATIENCE), this.#lookUp(issuer), () => new TenantsUnavailableError());
    } catch (error) {
      if (error instanceof MandateConfigurationError) {
        throw error;
      }
      this.#noteFailure(issuer, error);
      return stale;
    }
  }

  #noteFailure(issuer: string, error: unknown): void {
    // Options that are wrong are no outage: waiting does not mend them, and serving what was before would hide them.
    if (!(error instanceof MandateConfigurationError)) {
      this.#tenants.fail(issuer);
    }
  }

  /** Asks the list, at most once at a time for each issuer. */
  async #lookUp(issuer: string): Promise<Verifier | undefined> {
    const lookup: Promise<Verifier | undefined> = this.#lookups.run(issuer, async () => {
      const found = await this.#list.ask(issuer, this.#tenants.stale(issuer) !== undefined);
      // Not after `forget`: the list may have changed since the lookup began.
      if (this.#lookups.isCurrent(issuer, lookup)) {
        this.#keep(issuer, found);
      }
      return found;
    });
    return lookup;
  }

  #keep(issuer: string, verifier: Verifier | undefined): void {
    const { unlistedTtl } = this.#options;
    if (verifier === undefined) {
      this.#tenants.delete(issuer);
      this.#unlisted.set(issuer, true, unlistedTtl);
    } else {
      this.#tenants.set(issuer, verifier);
    }
  }

  #issuerOf(token: string): string {
    try {
      return readIssuer(token);
    } catch (error) {
      throw this.#reject(error);
    }
  }

  #reject(error: unknown): unknown {
    if (error instanceof TokenRejectedError) {
      notifyOfRejection(this.#options.onTokenEvent, this.#options.name, error);
    }
    return error;
  }
}

function readIssuerIfAny(token: string): string | undefined {
  try {
    return readIssuer(token);
  } catch {
    return undefined;
  }
}
