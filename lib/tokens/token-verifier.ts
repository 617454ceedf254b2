import { verify as verifySignature, type KeyObject } from 'node:crypto';

import type { Clock } from '../time/clock.js';
import type { VerifiedToken, VerifiedTokenCache } from './cache/verified-token-cache.js';
import { checkAudience, checkClient, checkTime, checkTokenUse } from './claims/claim-checks.js';
import { assertClaimShapes } from './claims/claim-shapes.js';
import type { TokenUse, VerifiedClaims } from './claims/token-claims.js';
import { CompactJwsParser, type CompactJws } from './jws/compact-jws.js';
import type { SigningKeys, SigningKeysStatus } from './keys/signing-keys.js';
import { RevocationCheckFailedError, type OnUnavailable, type RevocationCheck } from './revocation/revocation-check.js';
import { anyOf, claimMismatch, claimText } from './claim-mismatch.js';
import { mismatched, TokenRejectedError } from './token-errors.js';
import { notify, notifyOfRejection, type TokenEvent, type TokenObserver } from './token-events.js';
import type { TokenExpectations, Verifier } from './verifier.js';

/**
 * The application's own check, run after all others. A token is accepted if it returns `true`, or a promise of it. An
 * error that it throws is passed on.
 *
 * @publicApi
 */
export type CustomCheck = (claims: VerifiedClaims) => boolean | Promise<boolean>;

/** What a token is checked against. Security checks are turned off by an explicit `null`, never by omission. */
export interface TokenVerifierOptions {
  /** Identifies the pool in events. */
  readonly name: string;
  /** The trusted issuers, each with its keys. The claim `iss` must equal one of them exactly. */
  readonly issuers: readonly SigningKeys[];
  /** App clients to accept; `null` accepts every client of the pool. */
  readonly acceptedClientIds: readonly string[] | null;
  /** Type of token to accept; `null` accepts both. */
  readonly tokenUse: TokenUse | null;
  /** Audiences to accept, in addition to the client's own id, in access tokens that have one; `null` accepts all. */
  readonly audiences: readonly string[] | null;
  /** Seconds by which the clocks may differ. Risk: an expired token is accepted that much longer. */
  readonly clockToleranceSeconds: number;
  /** Largest number of characters of a token. */
  readonly maxTokenLength: number;
  /** Remembers tokens that passed; `null` checks each signature anew. */
  readonly cache: VerifiedTokenCache | null;
  readonly revocation?: RevocationCheck | undefined;
  /** What happens to a token that could not be checked for revocation. */
  readonly onRevocationUnavailable: OnUnavailable;
  readonly customCheck?: CustomCheck | undefined;
  readonly clock: Clock;
  readonly onTokenEvent?: TokenObserver | undefined;
}

/** The events for accepted tokens, created once: they are the same for each. */
interface AcceptedEvents {
  readonly firstSeen: TokenEvent;
  readonly remembered: TokenEvent;
}

/**
 * Verifies the tokens of one user pool. Create it with `createPoolVerifier`.
 *
 * The issuer is checked first, so that a foreign token never causes a request; then the signature; then the claims,
 * each against the options and never against the token itself.
 *
 * @publicApi
 */
export class TokenVerifier implements Verifier {
  readonly #options: TokenVerifierOptions;
  readonly #issuers: ReadonlyMap<string, SigningKeys>;
  readonly #clientIds: ReadonlySet<string> | null;
  readonly #audiences: ReadonlySet<string> | null;
  readonly #tokenUses: readonly TokenUse[] | null;
  readonly #parser = new CompactJwsParser();
  readonly #accessAccepted: AcceptedEvents;
  readonly #idAccepted: AcceptedEvents;

  constructor(options: TokenVerifierOptions) {
    this.#options = options;
    this.#issuers = new Map(options.issuers.map((keys) => [keys.issuer, keys]));
    this.#clientIds = options.acceptedClientIds && new Set(options.acceptedClientIds);
    this.#audiences = options.audiences && new Set(options.audiences);
    this.#tokenUses = options.tokenUse && [options.tokenUse];
    this.#accessAccepted = acceptedEvents(options.name, 'access');
    this.#idAccepted = acceptedEvents(options.name, 'id');
  }

  /** Whether the pool has this issuer. */
  accepts(issuer: string): boolean {
    return this.#issuers.has(issuer);
  }

  /**
   * Does the same as `verify`, synchronously, if there is nothing to wait for: the signing key is known, and there is
   * neither a revocation check nor a custom check. Returns `undefined` otherwise, and for a string that is not a
   * compact JWS: call `verify` then.
   *
   * @throws TokenRejectedError if the token is rejected.
   */
  verifySync(token: string, expectations?: TokenExpectations): VerifiedClaims | undefined {
    if (this.#options.revocation !== undefined || this.#options.customCheck !== undefined) {
      return undefined;
    }
    try {
      const remembered = this.#recall(token);
      const verified = remembered ?? this.#verifyWithCachedKey(token);
      return verified && this.#accept(token, this.#checkClaims(verified, expectations), remembered !== undefined);
    } catch (error) {
      throw this.#reject(error, token);
    }
  }

  /**
   * The claims of a token that passes every check.
   *
   * @throws TokenRejectedError if the token is rejected.
   * @throws SigningKeysUnavailableError if no signing key is known and none can be fetched.
   * @throws RevocationCheckFailedError if the token could not be checked for revocation.
   */
  async verify(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims> {
    try {
      const remembered = this.#recall(token);
      const verified = this.#checkClaims(remembered ?? (await this.#verifyWithKey(token)), expectations);
      if (this.#options.revocation !== undefined && expectations?.revocation !== null) {
        await this.#checkRevocation(this.#options.revocation, verified.claims, token);
      }
      if (this.#options.customCheck !== undefined) {
        await this.#checkCustom(this.#options.customCheck, verified.claims);
      }
      return this.#accept(token, verified, remembered !== undefined);
    } catch (error) {
      throw this.#reject(error, token);
    }
  }

  /** The status of the keys of each issuer, for health checks. Never causes a request. */
  keys(): readonly SigningKeysStatus[] {
    return this.#options.issuers.map((keys) => keys.status());
  }

  /**
   * Fetches the keys of each issuer, so that the first token need not wait for them. Never rejects: a fetch that fails
   * is reported as an event, and repeated when a token needs a key.
   */
  async preload(): Promise<void> {
    for (const keys of this.#options.issuers) {
      // In sequence: for an issuer without keys it is then known whether the pool has any elsewhere.
      await keys.preload();
    }
  }

  #recall(token: string): VerifiedToken | undefined {
    // JavaScript may pass anything, and nothing beyond the limit is worth reading.
    if (typeof (token as unknown) !== 'string' || token.length > this.#options.maxTokenLength) {
      throw new TokenRejectedError('TOKEN_MALFORMED');
    }
    const verified = this.#options.cache?.recall(token);
    // A cache may be shared. Only what this verifier has verified counts.
    return verified?.verifier === this ? verified : undefined;
  }

  #verifyWithCachedKey(token: string): VerifiedToken | undefined {
    const jws = this.#parseIfWellFormed(token);
    if (jws === undefined) {
      return undefined;
    }
    const keys = this.#keysFor(jws);
    const key = keys.getCached(jws.kid);
    return key && this.#verifySignature(jws, keys, key);
  }

  async #verifyWithKey(token: string): Promise<VerifiedToken> {
    const jws = this.#parser.parse(token);
    const keys = this.#keysFor(jws);
    const cached = keys.getCached(jws.kid);
    if (cached !== undefined) {
      return this.#verifySignature(jws, keys, cached);
    }
    const elsewhere = keys.getPublishedElsewhere(jws.kid);
    if (elsewhere !== undefined) {
      assertSignature(jws, elsewhere);
    }
    return this.#verifySignature(jws, keys, await keys.get(jws.kid));
  }

  /** Ends the fetches of keys that are under way, and starts no further ones. Known keys stay in use. */
  close(): void {
    for (const keys of this.#options.issuers) {
      keys.close();
    }
  }

  #parseIfWellFormed(token: string): CompactJws | undefined {
    try {
      return this.#parser.parse(token);
    } catch (error) {
      if (error instanceof TokenRejectedError && error.code === 'TOKEN_MALFORMED') {
        return undefined;
      }
      throw error;
    }
  }

  #keysFor({ claims }: CompactJws): SigningKeys {
    const issuer = claims['iss'];
    const keys = typeof issuer === 'string' ? this.#issuers.get(issuer) : undefined;
    if (keys === undefined) {
      const expected = anyOf('iss', this.#issuers.keys());
      throw mismatched('TOKEN_ISSUER_REFUSED', claimMismatch(expected, claimText('iss', issuer)));
    }
    return keys;
  }

  #verifySignature(jws: CompactJws, keys: SigningKeys, key: KeyObject): VerifiedToken {
    assertSignature(jws, key);
    const { kid, claims } = jws;
    assertClaimShapes(claims);
    return { claims, kid, key, keys, verifier: this };
  }

  #checkClaims(verified: VerifiedToken, expectations: TokenExpectations | undefined): VerifiedToken {
    const { claims } = verified;
    checkTokenUse(claims, expectedUses(expectations, this.#tokenUses));
    checkClient(claims, this.#clientIds);
    checkAudience(claims, expectedAudiences(expectations, this.#audiences));
    checkTime(claims, this.#options.clock(), this.#options.clockToleranceSeconds);
    return verified;
  }

  async #checkRevocation(revocation: RevocationCheck, claims: VerifiedClaims, token: string): Promise<void> {
    const { onRevocationUnavailable, name: pool, onTokenEvent } = this.#options;
    let isRevoked: unknown;
    try {
      isRevoked = await revocation.isRevoked(claims, token);
      if (typeof isRevoked !== 'boolean') {
        throw new TypeError('isRevoked() must return true or false.');
      }
    } catch (cause) {
      if (cause instanceof TokenRejectedError) {
        throw cause;
      }
      const accepted = onRevocationUnavailable === 'accept';
      notify(onTokenEvent, { type: 'revocation-unavailable', pool, accepted, cause });
      if (!accepted) {
        throw new RevocationCheckFailedError({ cause });
      }
    }
    if (isRevoked === true) {
      throw new TokenRejectedError('TOKEN_REVOKED');
    }
  }

  async #checkCustom(customCheck: CustomCheck, claims: VerifiedClaims): Promise<void> {
    // JavaScript may return anything. Only `true` accepts the token.
    const accepted: unknown = await customCheck(claims);
    if (accepted !== true) {
      const received = typeof accepted === 'boolean' ? 'false' : `a value of type ${typeof accepted}`;
      throw mismatched('TOKEN_CLAIMS_INVALID', claimMismatch('true from customCheck', received));
    }
  }

  #accept(token: string, verified: VerifiedToken, isRemembered: boolean): VerifiedClaims {
    if (!isRemembered) {
      this.#options.cache?.remember(token, verified);
    }
    const { claims } = verified;
    const events = claims.token_use === 'access' ? this.#accessAccepted : this.#idAccepted;
    notify(this.#options.onTokenEvent, isRemembered ? events.remembered : events.firstSeen);
    return claims;
  }

  #reject(error: unknown, token: string): unknown {
    if (error instanceof TokenRejectedError) {
      if (error.code === 'TOKEN_EXPIRED' || error.code === 'TOKEN_REVOKED') {
        this.#options.cache?.forget(token);
      }
      notifyOfRejection(this.#options.onTokenEvent, this.#options.name, error);
    }
    return error;
  }
}

function assertSignature({ signingInput, signature }: CompactJws, key: KeyObject): void {
  if (!verifySignature('RSA-SHA256', signingInput, key, signature)) {
    throw new TokenRejectedError('TOKEN_SIGNATURE_INVALID');
  }
}

function acceptedEvents(pool: string, tokenUse: TokenUse): AcceptedEvents {
  const event = (remembered: boolean) =>
    Object.freeze<TokenEvent>({ type: 'token-accepted', pool, tokenUse, remembered });
  return { firstSeen: event(false), remembered: event(true) };
}

function expectedUses(
  expectations: TokenExpectations | undefined,
  ofPool: readonly TokenUse[] | null,
): readonly TokenUse[] | null {
  const tokenUse = expectations?.tokenUse;
  if (tokenUse === undefined) {
    return ofPool;
  }
  return typeof tokenUse === 'string' ? [tokenUse] : tokenUse;
}

function expectedAudiences(
  expectations: TokenExpectations | undefined,
  ofPool: ReadonlySet<string> | null,
): ReadonlySet<string> | null {
  const audiences = expectations?.audiences;
  return audiences === undefined ? ofPool : audiences && new Set(audiences);
}
