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

/** A token of the last second. */
interface Recent {
  readonly verified: VerifiedToken;
  /** Whether it is kept by its digest as well. */
  readonly isDigested: boolean;
}

/** A few megabytes at most. */
const MAX_RECENT_TOKENS = 1_000;

/**
 * Remembers tokens that passed every check by their SHA-256 digest; the tokens themselves are kept for a second at
 * most. It answers only for the signature. Expiry and revocation are checked again for each request.
 *
 * A token is digested when its second is over, which is after the request that brought it, and when the end of its
 * signature is that of an older token. So neither a token that was never seen before nor one of the last second costs its
 * request a digest, unless more than a thousand tokens come in a second.
 *
 * @publicApi
 */
export class VerifiedTokenCache {
  readonly #entries: GenerationalMap<number, Entry>;
  readonly #recent: RecentTokens<Recent>;

  /** @param capacity - largest number of tokens, some 2 to 4 kB each. Those unused for the longest time are dropped. */
  constructor(capacity: number) {
    // Together they keep no more than the capacity.
    const recent = Math.min(Math.floor(capacity / 2), MAX_RECENT_TOKENS);
    this.#entries = new GenerationalMap(capacity - recent);
    this.#recent = new RecentTokens(recent, (token, { verified, isDigested }) => {
      if (!isDigested) {
        this.#keep(token, verified);
      }
    });
  }

  /** Number of remembered tokens. */
  get size(): number {
    return this.#entries.size + this.#recent.values().filter(({ isDigested }) => !isDigested).length;
  }

  /**
   * The token as it was verified, unless its key is no longer published.
   *
   * @internal
   */
  recall(token: string): VerifiedToken | undefined {
    const verified = this.#recent.get(token)?.verified ?? this.#recallByDigest(token);
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
    if (!this.#recent.set(token, { verified, isDigested: false })) {
      this.#keep(token, verified);
    }
  }

  /** Forgets a token. */
  forget(token: string): void {
    this.#recent.delete(token);
    this.#entries.delete(tailIndex(token));
  }

  #keep(token: string, verified: VerifiedToken): void {
    this.#entries.set(tailIndex(token), { digest: digestOf(token), verified });
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
    this.#recent.set(token, { verified: entry.verified, isDigested: true });
    return entry.verified;
  }
}

function digestOf(token: string): string {
  return hash('sha256', token, 'binary');
}
