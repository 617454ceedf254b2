import { BoundedMap } from '../../memory/bounded-map.js';
import { ExpiringMap } from '../../memory/expiring-map.js';
import { systemClock, type Clock } from '../../time/clock.js';
import { within } from '../../time/within.js';
import { readIssuer } from '../jws/compact-jws.js';
import type { SigningKeysStatus } from '../keys/signing-keys.js';
import { TenantsUnavailableError } from './tenant-errors.js';
import type { VerifiedClaims } from '../claims/token-claims.js';
import { TokenRejectedError } from '../token-errors.js';
import { notify, type TokenObserver } from '../token-events.js';
import type { TokenExpectations, Verifier } from '../verifier.js';

/** Tells who verifies the tokens of an issuer; `undefined` or `null` for an issuer that is not on your list. */
export type TenantResolver = (issuer: string) => Found | Promise<Found>;

type Found = Verifier | undefined | null;

/** Tenants that are found at run time. */
export interface TenantVerifierOptions {
  /** Names the tenants in events. */
  readonly pool: string;
  /**
   * Your allow-list. It is asked with what an unverified token says of itself: look it up, do not build an address from it.
   * Make verifiers with `createPoolVerifier`.
   */
  readonly resolve: TenantResolver;
  /** Largest number of tenants to keep, of issuers that are none, and of questions under way. Default 1,000. */
  readonly capacity?: number;
  /** Milliseconds that the list may take. Default 3,000. */
  readonly timeout?: number;
  /** Milliseconds after which the list is asked about a tenant again, who may have left it. Default 5 minutes. */
  readonly keepFor?: number;
  /** Milliseconds for which an issuer that is not listed is not asked about again. Default 1 minute. */
  readonly refuseFor?: number;
  readonly clock?: Clock;
  readonly observer?: TokenObserver | undefined;
}

interface Tenant {
  readonly verifier: Verifier;
  /** When the list is asked about it again. */
  readonly until: number;
}

/** Longer issuers are not asked about: the address of a user pool has some 70 characters. */
const MAX_ISSUER_LENGTH = 512;

/** Verifies tokens of many user pools, found by their issuer at run time. Never makes a request for one that is not listed. */
export class TenantVerifier implements Verifier {
  readonly #options: TenantVerifierOptions;
  readonly #tenants: BoundedMap<string, Tenant>;
  readonly #strangers: ExpiringMap<string, true>;
  readonly #asked = new Map<string, Promise<Verifier | undefined>>();
  readonly #capacity: number;
  readonly #keepFor: number;
  readonly #refuseFor: number;
  readonly #clock: Clock;

  constructor(options: TenantVerifierOptions) {
    this.#capacity = options.capacity ?? 1_000;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#keepFor = options.keepFor ?? 300_000;
    this.#refuseFor = options.refuseFor ?? 60_000;
    this.#tenants = new BoundedMap(this.#capacity);
    // Apart from the tenants, so that tokens with invented issuers push none of them out.
    this.#strangers = new ExpiringMap(this.#capacity, this.#clock);
  }

  async accepts(issuer: string): Promise<boolean> {
    return (await this.tenantOf(issuer)) !== undefined;
  }

  recall(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined {
    const issuer = issuerIn(token);
    return issuer === undefined ? undefined : this.#known(issuer)?.recall(token, expectations);
  }

  async verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims> {
    const tenant = await this.tenantOf(this.#issuerOf(token));
    if (tenant === undefined) {
      throw this.#refusal(new TokenRejectedError('TOKEN_ISSUER_REFUSED'));
    }
    return tenant.verify(token, expectations);
  }

  /** The keys of the tenants that were found so far. */
  keys(): readonly SigningKeysStatus[] {
    return [...this.#tenants.values()].flatMap(({ verifier }) => verifier.keys());
  }

  /**
   * Forgets a tenant, or that an issuer was not listed: after your list has changed. It is asked again with the next token,
   * and what it is about to answer to a question from before is not kept.
   */
  forget(issuer: string): void {
    this.#asked.delete(issuer);
    this.#tenants.delete(issuer);
    this.#strangers.delete(issuer);
  }

  /**
   * Who verifies the tokens of an issuer; `undefined` for an issuer that is not listed.
   *
   * @throws TenantsUnavailableError if the list does not answer in time, or has too many questions to answer already.
   */
  async tenantOf(issuer: string): Promise<Verifier | undefined> {
    const known = this.#known(issuer);
    if (known !== undefined || issuer.length > MAX_ISSUER_LENGTH || this.#strangers.get(issuer) === true) {
      return known;
    }
    const running = this.#asked.get(issuer);
    if (running !== undefined) {
      return running;
    }
    const asked = this.#ask(issuer);
    this.#asked.set(issuer, asked);
    const isCurrent = () => this.#asked.get(issuer) === asked;
    try {
      const verifier = await asked;
      if (isCurrent()) {
        this.#keep(issuer, verifier);
      }
      return verifier;
    } finally {
      if (isCurrent()) {
        this.#asked.delete(issuer);
      }
    }
  }

  #known(issuer: string): Verifier | undefined {
    const tenant = this.#tenants.get(issuer);
    return tenant !== undefined && this.#clock() < tenant.until ? tenant.verifier : undefined;
  }

  async #ask(issuer: string): Promise<Verifier | undefined> {
    const { timeout = 3_000 } = this.#options;
    if (this.#asked.size >= this.#capacity) {
      const cause = new Error(`It has yet to answer ${String(this.#capacity)} questions.`);
      throw new TenantsUnavailableError({ cause });
    }
    return within(timeout, this.#find(issuer), () => {
      const cause = new Error(`It took longer than ${String(timeout)} ms.`);
      return new TenantsUnavailableError({ cause });
    });
  }

  /** A verifier for another issuer would refuse the token in any case; here it does not even get a place. */
  async #find(issuer: string): Promise<Verifier | undefined> {
    const found = (await this.#options.resolve(issuer)) ?? undefined;
    return found !== undefined && (await found.accepts(issuer)) ? found : undefined;
  }

  #keep(issuer: string, verifier: Verifier | undefined): void {
    if (verifier === undefined) {
      this.#tenants.delete(issuer);
      this.#strangers.set(issuer, true, this.#refuseFor);
    } else {
      this.#tenants.set(issuer, { verifier, until: this.#clock() + this.#keepFor });
    }
  }

  #issuerOf(token: string): string {
    try {
      return readIssuer(token);
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  #refusal(error: unknown): unknown {
    if (error instanceof TokenRejectedError) {
      notify(this.#options.observer, { type: 'token-rejected', pool: this.#options.pool, code: error.code });
    }
    return error;
  }
}

/** Nothing for what is no token: `verify` says so. */
function issuerIn(token: string): string | undefined {
  try {
    return readIssuer(token);
  } catch {
    return undefined;
  }
}
