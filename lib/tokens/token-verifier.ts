import { verify as verifySignature } from 'node:crypto';

import { systemClock, type Clock } from '../time/clock.js';
import { checkAudience, checkClient, checkTime, checkTokenUse } from './claims/claim-checks.js';
import { assertClaimShapes } from './claims/claim-shapes.js';
import { parseCompactJws } from './jws/compact-jws.js';
import { RevocationCheckFailedError, type RevocationCheck, type OnUnavailable } from './revocation/revocation-check.js';
import type { SigningKeys, SigningKeysStatus } from './keys/signing-keys.js';
import type { TokenUse, VerifiedClaims } from './claims/token-claims.js';
import { TokenRejectedError } from './token-errors.js';
import { notify, type TokenEvent, type TokenObserver } from './token-events.js';
import { TokenDigest, type VerifiedToken, type VerifiedTokenCache } from './cache/verified-token-cache.js';
import type { TokenExpectations, Verifier } from './verifier.js';

/** A check of the application's own, after all others. A token passes if it answers `true`; what it throws passes on. */
export type CustomCheck = (claims: VerifiedClaims) => boolean | Promise<boolean>;

/** What a token is measured against. Security checks are turned off by `null`, never by leaving something out. */
export interface TokenVerifierOptions {
  /** Names the pool in events. */
  readonly pool: string;
  /** The issuers to trust, each with its keys. The claim `iss` must equal one of them exactly. */
  readonly issuers: readonly SigningKeys[];
  /** App clients to accept; `null` accepts every client of the pool. */
  readonly clientIds: readonly string[] | null;
  /** Kind of token to accept; `null` accepts both. */
  readonly tokenUse: TokenUse | null;
  /** Audiences to accept, beside the client's own id, in access tokens that have one. Default none; `null` accepts all. */
  readonly audiences?: readonly string[] | null;
  /** Seconds by which the clocks may differ. Default 0. Risk: so much longer does an expired token pass. */
  readonly clockToleranceSeconds?: number;
  /** Largest number of characters of a token. Default 16384. */
  readonly maxTokenLength?: number;
  /** Remembers tokens that passed; `null` checks each signature anew. */
  readonly cache: VerifiedTokenCache | null;
  readonly revocation?: RevocationCheck | undefined;
  /** Default `reject`: with 503, for the token may be valid. */
  readonly onRevocationUnavailable?: OnUnavailable | undefined;
  readonly customCheck?: CustomCheck | undefined;
  readonly clock?: Clock;
  readonly observer?: TokenObserver | undefined;
}

/** The events of tokens that pass, made once: they say the same of each. */
interface Acceptances {
  readonly firstSeen: TokenEvent;
  readonly remembered: TokenEvent;
}

/**
 * Tells whether a token is a good one of a user pool. The issuer is looked at first, so that a foreign token never
 * causes a request; then the signature; then the claims, each against the options and never against the token itself.
 */
export class TokenVerifier implements Verifier {
  readonly #options: TokenVerifierOptions;
  readonly #issuers: ReadonlyMap<string, SigningKeys>;
  readonly #clientIds: ReadonlySet<string> | null;
  readonly #audiences: ReadonlySet<string> | null;
  readonly #tokenUses: readonly TokenUse[] | null;
  readonly #maxLength: number;
  readonly #tolerance: number;
  readonly #clock: Clock;
  readonly #accessAccepted: Acceptances;
  readonly #idAccepted: Acceptances;

  constructor(options: TokenVerifierOptions) {
    this.#options = options;
    this.#issuers = new Map(options.issuers.map((keys) => [keys.issuer, keys]));
    this.#clientIds = options.clientIds && new Set(options.clientIds);
    this.#audiences = options.audiences === null ? null : new Set(options.audiences);
    this.#tokenUses = options.tokenUse && [options.tokenUse];
    this.#maxLength = options.maxTokenLength ?? 16_384;
    this.#tolerance = options.clockToleranceSeconds ?? 0;
    this.#clock = options.clock ?? systemClock;
    this.#accessAccepted = acceptancesOf(options.pool, 'access');
    this.#idAccepted = acceptancesOf(options.pool, 'id');
  }

  accepts(issuer: string): boolean {
    return this.#issuers.has(issuer);
  }

  recall(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined {
    if (this.#options.revocation !== undefined || this.#options.customCheck !== undefined) {
      return undefined;
    }
    try {
      assertLength(token, this.#maxLength);
      const known = this.#recall(token);
      return known && this.#accept(this.#checkClaims(known, expectations, true), true);
    } catch (error) {
      throw this.#refuse(error, token);
    }
  }

  async verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims> {
    try {
      assertLength(token, this.#maxLength);
      const digest = new TokenDigest(token);
      const known = this.#recall(token, digest);
      const verified = known ?? (await this.#checkSignature(token));
      const claims = this.#checkClaims(verified, expectations, known !== undefined);
      if (this.#options.revocation !== undefined) {
        await this.#checkRevocation(this.#options.revocation, claims, token);
      }
      await this.#checkOwn(claims);
      if (known === undefined) {
        this.#options.cache?.remember(token, verified, digest);
      }
      return this.#accept(claims, known !== undefined);
    } catch (error) {
      throw this.#refuse(error, token);
    }
  }

  keys(): readonly SigningKeysStatus[] {
    return this.#options.issuers.map((keys) => keys.status());
  }

  /**
   * Fetches the keys of each issuer, so that the first token need not wait for them. It never rejects: what fails is told
   * to the observer, and tried again when a token needs a key.
   */
  async preload(): Promise<void> {
    for (const keys of this.#options.issuers) {
      // One after the other: of an issuer without keys it is known then whether the pool has any elsewhere.
      await keys.preload();
    }
  }

  #recall(token: string, digest?: TokenDigest): VerifiedToken | undefined {
    const verified = this.#options.cache?.recall(token, digest);
    // Several verifiers may share what is remembered: only what it has verified itself counts for each.
    return verified?.verifier === this ? verified : undefined;
  }

  async #checkSignature(token: string): Promise<VerifiedToken> {
    const { kid, claims, signingInput, signature } = parseCompactJws(token);
    const issuer = claims['iss'];
    const keys = typeof issuer === 'string' ? this.#issuers.get(issuer) : undefined;
    if (keys === undefined) {
      throw new TokenRejectedError('TOKEN_ISSUER_REFUSED');
    }
    const key = keys.find(kid) ?? (await keys.get(kid));
    if (!verifySignature('RSA-SHA256', signingInput, key, signature)) {
      throw new TokenRejectedError('TOKEN_SIGNATURE_INVALID');
    }
    assertClaimShapes(claims);
    return { claims, kid, key, keys, verifier: this };
  }

  #checkClaims(
    { claims }: VerifiedToken,
    expectations: TokenExpectations | undefined,
    remembered: boolean,
  ): VerifiedClaims {
    checkTokenUse(claims, expectedUses(expectations, this.#tokenUses));
    if (!remembered) {
      // Neither the token nor the options change, so that this need not be asked again.
      checkClient(claims, this.#clientIds);
      checkAudience(claims, this.#audiences);
    }
    checkTime(claims, this.#clock(), this.#tolerance);
    return claims;
  }

  /** What comes from JavaScript may answer anything: only `true` admits. */
  async #checkOwn(claims: VerifiedClaims): Promise<void> {
    const admits: unknown = this.#options.customCheck === undefined || (await this.#options.customCheck(claims));
    if (admits !== true) {
      throw new TokenRejectedError('TOKEN_CLAIMS_INVALID');
    }
  }

  async #checkRevocation(revocation: RevocationCheck, claims: VerifiedClaims, token: string): Promise<void> {
    const { onRevocationUnavailable = 'reject', pool, observer } = this.#options;
    let isRevoked: unknown;
    try {
      isRevoked = await revocation.isRevoked(claims, token);
      if (typeof isRevoked !== 'boolean') {
        throw new TypeError('isRevoked() should give true or false.');
      }
    } catch (cause) {
      if (cause instanceof TokenRejectedError) {
        throw cause;
      }
      const accepted = onRevocationUnavailable === 'accept';
      notify(observer, { type: 'revocation-unavailable', pool, accepted, cause });
      if (!accepted) {
        throw new RevocationCheckFailedError({ cause });
      }
    }
    if (isRevoked === true) {
      throw new TokenRejectedError('TOKEN_REVOKED');
    }
  }

  #accept(claims: VerifiedClaims, remembered: boolean): VerifiedClaims {
    const events = claims.token_use === 'access' ? this.#accessAccepted : this.#idAccepted;
    notify(this.#options.observer, remembered ? events.remembered : events.firstSeen);
    return claims;
  }

  #refuse(error: unknown, token: string): unknown {
    if (error instanceof TokenRejectedError) {
      if (error.code === 'TOKEN_EXPIRED' || error.code === 'TOKEN_REVOKED') {
        this.#options.cache?.forget(token);
      }
      notify(this.#options.observer, { type: 'token-rejected', pool: this.#options.pool, code: error.code });
    }
    return error;
  }
}

/** What comes from JavaScript may be anything, and nothing is worth reading beyond the limit. */
function assertLength(token: unknown, limit: number): void {
  if (typeof token !== 'string' || token.length > limit) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
}

function acceptancesOf(pool: string, tokenUse: TokenUse): Acceptances {
  const event = (remembered: boolean) =>
    Object.freeze<TokenEvent>({ type: 'token-accepted', pool, tokenUse, remembered });
  return { firstSeen: event(false), remembered: event(true) };
}

function expectedUses(
  expectations: TokenExpectations | undefined,
  pool: readonly TokenUse[] | null,
): readonly TokenUse[] | null {
  const own = expectations?.tokenUse;
  if (own === undefined) {
    return pool;
  }
  return typeof own === 'string' ? [own] : own;
}
