import { hash, type KeyObject } from 'node:crypto';

import { GenerationalMap } from '../../memory/generational-map.js';
import type { VerifiedClaims } from '../claims/token-claims.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import { RecentTokens } from './recent-tokens.js';
import { tailIndex } from './token-tail.js';

/** A token whose signature was valid. */
export interface VerifiedToken {
  readonly claims: VerifiedClaims;
  readonly kid: string;
  readonly key: KeyObject;
  /** The keys of its issuer. A token is remembered only while its key is among them. */
  readonly keys: SigningKeys;
  /** The verifier that accepted it: several verifiers may share a cache. */
  readonly verifier: object;
}

interface Entry {
  /** SHA-256 of the token, as a binary string. */
  readonly digest: string;
  readonly verified: VerifiedToken;
}

/** A few megabytes at most. */
const MAX_RECENT_TOKENS = 1_000;

/**
 * Remembers tokens that passed every check by their SHA-256 digest; the tokens themselves are kept for a second at
 * most. It answers only for the signature. Expiry and revocation are checked again for each request.
 *
 * A token is digested when it is remembered, and when the end of its signature is that of a remembered token. A token
 * that was never seen before costs no digest.
 *
 * @publicApi
 */
export class VerifiedTokenCache {
  readonly #entries: GenerationalMap<number, Entry>;
  readonly #recent: RecentTokens<VerifiedToken>;

  /** @param capacity - largest number of tokens, some 2 to 4 kB each. Those unused for the longest time are dropped. */
  constructor(capacity: number) {
    this.#entries = new GenerationalMap(capacity);
    this.#recent = new RecentTokens(Math.min(capacity, MAX_RECENT_TOKENS));
  }

  /** Number of remembered tokens. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * The token as it was verified, unless its key is no longer published.
   *
   * @internal
   */
  recall(token: string): VerifiedToken | undefined {
    const verified = this.#recent.get(token) ?? this.#recallByDigest(token);
    if (verified !== undefined && verified.keys.getCached(verified.kid) !== verified.key) {
      this.forget(token);
      return undefined;
    }
    return verified;
  }

  /**
   * Remembers a token that passed every check.
   *
   * @internal
   */
  remember(token: string, verified: VerifiedToken): void {
    this.#recent.delete(token);
    this.#entries.set(tailIndex(token), { digest: digestOf(token), verified });
  }

  /** Forgets a token. */
  forget(token: string): void {
    this.#recent.delete(token);
    this.#entries.delete(tailIndex(token));
  }

  #recallByDigest(token: string): VerifiedToken | undefined {
    const entry = this.#entries.get(tailIndex(token));
    if (entry === undefined) {
      return undefined;
    }
    // The index only finds an entry; the digest of the whole token decides.
    if (entry.digest !== digestOf(token)) {
      return undefined;
    }
    this.#recent.set(token, entry.verified);
    return entry.verified;
  }
}

function digestOf(token: string): string {
  return hash('sha256', token, 'binary');
}
