import { hash, type KeyObject } from 'node:crypto';

import { GenerationalMap } from '../memory/generational-map.js';
import { RecentTokens } from './recent-tokens.js';
import type { SigningKeys } from './signing-keys.js';
import type { VerifiedClaims } from './token-claims.js';

/** What remains to be said about a token whose signature was right. */
export interface VerifiedToken {
  readonly claims: VerifiedClaims;
  readonly kid: string;
  readonly key: KeyObject;
  /** The keys of its issuer: a token is remembered only as long as its key is still among them. */
  readonly keys: SigningKeys;
  /** Who checked it: several verifiers may share what is remembered. */
  readonly verifier: object;
}

/** Some megabytes at most. */
const MAX_RECENT = 1_000;

/**
 * Remembers tokens that passed every check, by SHA-256 digest; the tokens themselves are kept for a second at most. It
 * says nothing about time or revocation, which are asked about anew at each request.
 */
export class VerifiedTokenCache {
  readonly #tokens: GenerationalMap<string, VerifiedToken>;
  readonly #recent: RecentTokens<VerifiedToken>;

  /** @param capacity - largest number of tokens; each costs some 2 to 4 kB. Those not used for long leave first. */
  constructor(capacity = 10_000) {
    this.#tokens = new GenerationalMap(capacity);
    this.#recent = new RecentTokens(Math.min(capacity, MAX_RECENT));
  }

  get size(): number {
    return this.#tokens.size;
  }

  /** @param digest - if it is known. */
  recall(token: string, digest?: string): VerifiedToken | undefined {
    const verified = this.#recent.get(token) ?? this.#recallByDigest(token, digest);
    if (verified !== undefined && verified.keys.find(verified.kid) !== verified.key) {
      this.forget(token);
      return undefined;
    }
    return verified;
  }

  /** @param digest - if it is known: it takes longer than all else. */
  remember(token: string, verified: VerifiedToken, digest = this.digestOf(token)): void {
    this.#recent.delete(token);
    this.#tokens.set(digest, verified);
  }

  forget(token: string): void {
    this.#recent.delete(token);
    this.#tokens.delete(this.digestOf(token));
  }

  /** The bytes of the digest as characters, for nobody is meant to read it. */
  digestOf(token: string): string {
    return hash('sha256', token, 'binary');
  }

  #recallByDigest(token: string, digest = this.digestOf(token)): VerifiedToken | undefined {
    const verified = this.#tokens.get(digest);
    if (verified !== undefined) {
      this.#recent.set(token, verified);
    }
    return verified;
  }
}
