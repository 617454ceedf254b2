import { BoundedMap } from '../../memory/bounded-map.js';
import { ExpiringMap } from '../../memory/expiring-map.js';
import { SingleFlight } from '../../memory/single-flight.js';
import type { Clock } from '../../time/clock.js';
import { within } from '../../time/within.js';
import type { VerifiedClaims } from '../claims/token-claims.js';
import { readIssuer } from '../jws/compact-jws.js';
import type { SigningKeysStatus } from '../keys/signing-keys.js';
import { TokenRejectedError } from '../token-errors.js';
import { notify, type TokenObserver } from '../token-events.js';
import type { TokenExpectations, Verifier } from '../verifier.js';
import { TenantsUnavailableError } from './tenant-errors.js';

/**
 * Returns the verifier of an issuer; `undefined` or `null` for an issuer that is not on your list.
 *
 * @publicApi
 */
export type TenantResolver = (issuer: string) => ResolvedTenant | Promise<ResolvedTenant>;

type ResolvedTenant = Verifier | undefined | null;

/**
 * Limits of a `TenantVerifier`.
 *
 * @publicApi
 */
export interface TenantLimits {
  /** Largest number of tenants to keep, of unlisted issuers, and of pending lookups. */
  readonly capacity: number;
  /** Timeout of a lookup, in milliseconds. */
  readonly timeout: number;
  /** Milliseconds after which a tenant is looked up again: it may have been removed from the list. */
  readonly tenantTtl: number;
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
  readonly clock: Clock;
  readonly onTokenEvent?: TokenObserver | undefined;
}

interface Tenant {
  readonly verifier: Verifier;
  readonly expiresAt: number;
}

/** Longer issuers are never looked up: the address of a user pool has about 70 characters. */
const MAX_ISSUER_LENGTH = 512;

/**
 * Verifies tokens of many user pools, found by their issuer at run time. It never makes a request to an unlisted
 * issuer. Create it with `createTenantVerifier`.
 *
 * @publicApi
 */
export class TenantVerifier implements Verifier {
  readonly #options: TenantVerifierOptions;
  readonly #tenants: BoundedMap<string, Tenant>;
  readonly #unlisted: ExpiringMap<string, true>;
  readonly #lookups = new SingleFlight<string, Verifier | undefined>();

  constructor(options: TenantVerifierOptions) {
    this.#options = options;
    this.#tenants = new BoundedMap(options.capacity);
    // Separate from the tenants, so that tokens with forged issuers cannot evict them.
    this.#unlisted = new ExpiringMap(options.capacity, options.clock);
  }

  /**
   * Whether an issuer is on the list.
   *
   * @throws TenantsUnavailableError if the list does not answer.
   */
  async accepts(issuer: string): Promise<boolean> {
    return (await this.tenantOf(issuer)) !== undefined;
  }

  /**
   * Does the same as `verify`, synchronously, if the tenant is known and its verifier has nothing to wait for. Returns
   * `undefined` otherwise, and for a string that is not a token: call `verify` then.
   *
   * @throws TokenRejectedError if the token is rejected.
   */
  verifySync(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined {
    const issuer = readIssuerIfAny(token);
    return issuer === undefined ? undefined : this.#knownTenant(issuer)?.verifySync?.(token, expectations);
  }

  /**
   * The claims of a token of a listed issuer that passes every check.
   *
   * @throws TokenRejectedError if the token is rejected.
   * @throws TenantsUnavailableError if the list does not answer.
   * @throws SigningKeysUnavailableError, RevocationCheckFailedError if the token could not be checked.
   */
  async verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims> {
    const tenant = await this.tenantOf(this.#issuerOf(token));
    if (tenant === undefined) {
      throw this.#reject(new TokenRejectedError('TOKEN_ISSUER_REFUSED'));
    }
    return tenant.verify(token, expectations);
  }

  /** The status of the keys of the known tenants. */
  keys(): readonly SigningKeysStatus[] {
    return [...this.#tenants.values()].flatMap(({ verifier }) => verifier.keys());
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
    const known = this.#knownTenant(issuer);
    if (known !== undefined || issuer.length > MAX_ISSUER_LENGTH || this.#unlisted.get(issuer) === true) {
      return known;
    }
    const lookup: Promise<Verifier | undefined> = this.#lookups.run(issuer, async () => {
      const found = await this.#lookUp(issuer);
      // Not after `forget`: the list may have changed since the lookup began.
      if (this.#lookups.isCurrent(issuer, lookup)) {
        this.#keep(issuer, found);
      }
      return found;
    });
    return lookup;
  }

  #knownTenant(issuer: string): Verifier | undefined {
    const tenant = this.#tenants.get(issuer);
    return tenant !== undefined && this.#options.clock() < tenant.expiresAt ? tenant.verifier : undefined;
  }

  async #lookUp(issuer: string): Promise<Verifier | undefined> {
    const { capacity, timeout } = this.#options;
    if (this.#lookups.size >= capacity) {
      throw new TenantsUnavailableError({ cause: new Error(`${capacity} lookups are pending.`) });
    }
    return within(timeout, this.#resolve(issuer), () => {
      const cause = new Error(`The lookup took longer than ${timeout} ms.`);
      return new TenantsUnavailableError({ cause });
    });
  }

  /** Drops a verifier for another issuer: it would always reject the token. */
  async #resolve(issuer: string): Promise<Verifier | undefined> {
    const found = (await this.#options.resolve(issuer)) ?? undefined;
    return found !== undefined && (await found.accepts(issuer)) ? found : undefined;
  }

  #keep(issuer: string, verifier: Verifier | undefined): void {
    const { clock, tenantTtl, unlistedTtl } = this.#options;
    if (verifier === undefined) {
      this.#tenants.delete(issuer);
      this.#unlisted.set(issuer, true, unlistedTtl);
    } else {
      this.#tenants.set(issuer, { verifier, expiresAt: clock() + tenantTtl });
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
      notify(this.#options.onTokenEvent, { type: 'token-rejected', pool: this.#options.name, code: error.code });
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
