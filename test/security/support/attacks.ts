import { TokenRejectedError, type TokenRejectionCode } from '../../../lib/tokens/token-errors.js';
import type { TokenVerifierOptions } from '../../../lib/tokens/token-verifier.js';
import { accessToken } from '../../tokens/support/test-issuer.js';
import { verifierUnderTest, type VerifierUnderTest } from '../../tokens/support/verifiers.js';

/** The valid token that attacks start from. Signing is deterministic, so `accessToken()` always returns the same one. */
export const goodToken = accessToken();

/** What `verifySync` leaves to `verify`: texts that are no tokens, and keys that may have to be fetched. */
const LEFT_TO_VERIFY: readonly TokenRejectionCode[] = ['TOKEN_MALFORMED', 'TOKEN_KEY_UNKNOWN'];

/** A verifier under attack, before or after it has seen the valid token. */
export class Attack {
  #under = verifierUnderTest();

  constructor(private readonly remembers: boolean) {}

  get under(): VerifierUnderTest {
    return this.#under;
  }

  /** Attacks a new verifier from here on. */
  async face(options: Partial<TokenVerifierOptions> = {}): Promise<void> {
    this.#under = verifierUnderTest(options);
    if (this.remembers) {
      const { verifier } = this.#under;
      await verifier.verify(goodToken);
      // Once more: what is recalled is kept closer at hand than what was only verified.
      expect(verifier.verifySync(goodToken)).toBeDefined();
      expect(this.#under.remembers(goodToken)).toBe(true);
    }
  }

  /** Expects a rejection with a code, now and later, that nothing is remembered, and that no prototype is polluted. */
  async expectRefused(token: string, code?: TokenRejectionCode): Promise<void> {
    const { verifier, cache } = this.#under;
    const atOnce = attempt(() => verifier.verifySync(token));
    const verdict: unknown = await verifier.verify(token).catch((error: unknown) => error);
    expectRejection(verdict, code);
    if (atOnce !== undefined) {
      expectRejection(atOnce, verdict.code);
    } else if (!LEFT_TO_VERIFY.includes(verdict.code)) {
      throw new Error(`verifySync() left a token to verify(), which rejected it with ${verdict.code}.`);
    }
    expect(cache.size).toBe(this.remembers ? 1 : 0);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }

  /** Expects that the attacks have done the valid token no harm. */
  async expectGoodTokenPasses(): Promise<void> {
    const { verifier, remembers } = this.#under;
    expect(remembers(goodToken)).toBe(this.remembers);
    if (this.remembers) {
      expect(verifier.verifySync(goodToken)).toMatchObject({ username: 'janedoe' });
    }
    await expect(verifier.verify(goodToken)).resolves.toMatchObject({ username: 'janedoe' });
    expect(verifier.verifySync(goodToken)).toMatchObject({ username: 'janedoe' });
  }
}

/** Runs attacks twice: on a verifier that has seen nothing, and on one that remembers the valid token. */
export function describeAttacks(title: string, body: (attack: Attack) => void): void {
  describe.each([
    ['nothing', false],
    ['the valid token', true],
  ])(`${title}, while %s is remembered`, (_, remembers) => {
    const attack = new Attack(remembers);
    beforeEach(() => attack.face());
    afterEach(() => attack.expectGoodTokenPasses());
    body(attack);
  });
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

function expectRejection(
  verdict: unknown,
  code: TokenRejectionCode | undefined,
): asserts verdict is TokenRejectedError {
  expect(verdict).toBeInstanceOf(TokenRejectedError);
  if (code !== undefined) {
    expect((verdict as TokenRejectedError).code).toBe(code);
  }
}
