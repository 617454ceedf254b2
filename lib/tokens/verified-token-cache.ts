import { hash, type KeyObject } from 'node:crypto';

import { GenerationalMap } from '../memory/generational-map.js';
import type { SigningKeys } from './signing-keys.js';
import type { VerifiedClaims } from './token-claims.js';

/** What remains to be said about a token whose signature was right. */
export interface VerifiedToken {
  readonly claims: VerifiedClaims;
  readonly kid: string;
  readonly key: KeyObject;
  /** The keys of its issuer: a token is remembered only as long as its key is still among them. */
  readonly keys: SigningKeys;
}

/**
 * Remembers tokens that passed every check, by SHA-256 digest: the tokens themselves are not kept. It says nothing about
 * time or revocation, which are asked about anew at each request.
 */
export class VerifiedTokenCache {
  readonly #tokens: GenerationalMap<string, VerifiedToken>;

  /** @param capacity - largest number of tokens; each costs some 2 to 4 kB. Those not used for long leave first. */
  constructor(capacity = 10_000) {
    this.#tokens = new GenerationalMap(capacity);
  }

  get size(): number {
    return this.#tokens.size;
  }

  recall(digest: string): VerifiedToken | undefined {
    const verified = this.#tokens.get(digest);
    if (verified !== undefined && verified.keys.find(verified.kid) !== verified.key) {
      this.#tokens.delete(digest);
      return undefined;
    }
    return verified;
  }

  remember(digest: string, verified: VerifiedToken): void {
    this.#tokens.set(digest, verified);
  }

  forget(digest: string): void {
    this.#tokens.delete(digest);
  }
}

/** Under which a token is remembered: the bytes of the digest as characters, for nobody is meant to read it. */
export function digestOf(token: string): string {
  return hash('sha256', token, 'binary');
}
