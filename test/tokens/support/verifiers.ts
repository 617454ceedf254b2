import { SigningKeys } from '../../../lib/tokens/keys/signing-keys.js';
import type { TokenEvent } from '../../../lib/tokens/token-events.js';
import { TokenVerifier, type TokenVerifierOptions } from '../../../lib/tokens/token-verifier.js';
import { VerifiedTokenCache } from '../../../lib/tokens/cache/verified-token-cache.js';
import { CLIENT_ID, ISSUER, jwks, TestClock } from './test-issuer.js';

/** A verifier with all that can be seen of it from outside. */
export interface VerifierUnderTest {
  readonly verifier: TokenVerifier;
  readonly clock: TestClock;
  readonly cache: VerifiedTokenCache;
  readonly events: TokenEvent[];
}

export function verifierUnderTest(options: Partial<TokenVerifierOptions> = {}): VerifierUnderTest {
  const clock = new TestClock();
  const cache = new VerifiedTokenCache();
  const events: TokenEvent[] = [];
  const verifier = new TokenVerifier({
    pool: 'default',
    issuers: [new SigningKeys({ issuer: ISSUER, jwks: jwks().keys })],
    clientIds: [CLIENT_ID],
    tokenUse: 'access',
    cache,
    clock: clock.read,
    observer: (event) => events.push(event),
    ...options,
  });
  return { verifier, clock, cache, events };
}
