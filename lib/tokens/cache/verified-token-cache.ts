import { hash, type KeyObject } from 'node:crypto';

import { GenerationalMap } from '../../memory/generational-map.js';
import { RecentTokens } from './recent-tokens.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { VerifiedClaims } from '../claims/token-claims.js';

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

/** The digest of a token, made when it is first asked for, and once: it takes longer than all else. */
export class TokenDigest {
  #value: string | undefined;

  constructor(private readonly token: string) {}

  /** Its bytes as characters, for nobody is meant to read it. */
  get value(): string {
    return (this.#value ??= hash('sha256', this.token, 'binary'));
  }
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

  /** @param digest - for who wants to remember the token if it is not known. */
  recall(token: string, digest?: TokenDigest): VerifiedToken | undefined {
    const verified = this.#recent.get(token) ?? this.#recallByDigest(token, digest);
    if (verified !== undefined && verified.keys.find(verified.kid) !== verified.key) {
      this.forget(token);
      return undefined;
    }
    return verified;
  }

  remember(token: string, verified: VerifiedToken, digest = new TokenDigest(token)): void {
    this.#recent.delete(token);
    this.#tokens.set(digest.value, verified);
  }

  forget(token: string): void {
    this.#recent.delete(token);
    this.#tokens.delete(new TokenDigest(token).value);
  }

  #recallByDigest(token: string, digest = new TokenDigest(token)): VerifiedToken | undefined {
    const verified = this.#tokens.get(digest.value);
    if (verified !== undefined) {
      this.#recent.set(token, verified);
    }
    return verified;
  }
}
