import { VerifiedTokenCache } from '../../../lib/tokens/cache/verified-token-cache.js';
import type { TokenEvent } from '../../../lib/tokens/token-events.js';
import { TokenVerifier, type TokenVerifierOptions } from '../../../lib/tokens/token-verifier.js';
import { VERIFIER_DEFAULTS } from '../../../lib/tokens/verifier-defaults.js';
import { fixedKeys } from './signing-keys.js';
import { CLIENT_ID, TestClock } from './test-issuer.js';

/** A verifier with all that can be seen of it from outside. */
export interface VerifierUnderTest {
  readonly verifier: TokenVerifier;
  readonly clock: TestClock;
  readonly cache: VerifiedTokenCache;
  readonly events: TokenEvent[];
  /** Whether the verifier remembers a token. */
  readonly remembers: (token: string) => boolean;
}

export function verifierUnderTest(options: Partial<TokenVerifierOptions> = {}): VerifierUnderTest {
  const clock = new TestClock();
  const cache = new VerifiedTokenCache(VERIFIER_DEFAULTS.tokenCacheSize);
  const events: TokenEvent[] = [];
  const verifier = new TokenVerifier({
    name: 'default',
    issuers: [fixedKeys()],
    acceptedClientIds: [CLIENT_ID],
    tokenUse: VERIFIER_DEFAULTS.tokenUse,
    audiences: VERIFIER_DEFAULTS.audiences,
    clockToleranceSeconds: VERIFIER_DEFAULTS.clockToleranceSeconds,
    maxTokenLength: VERIFIER_DEFAULTS.maxTokenLength,
    onRevocationUnavailable: VERIFIER_DEFAULTS.onRevocationUnavailable,
    cache,
    clock: clock.read,
    onTokenEvent: (event) => events.push(event),
    ...options,
  });
  return { verifier, clock, cache, events, remembers: (token) => cache.recall(token)?.verifier === verifier };
}
