import { TokenRejectedError, type TokenRejectionCode } from '../../../lib/tokens/token-errors.js';
import type { TokenVerifierOptions } from '../../../lib/tokens/token-verifier.js';
import { accessToken } from '../../tokens/support/test-issuer.js';
import { verifierUnderTest, type VerifierUnderTest } from '../../tokens/support/verifiers.js';

/** The token that the attacks start from; signing is deterministic, so `accessToken()` makes it anew each time. */
export const goodToken = accessToken();

/** A verifier that is attacked, before or after it came to know the good token. */
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
      await this.#under.verifier.verify(goodToken);
      // Once more: what is recalled may be kept closer at hand than what was only verified.
      expect(this.#under.verifier.recall(goodToken)).toBeDefined();
    }
  }

  /** Whatever the attack, it is refused with a code, it is not remembered, and it does not reach the prototype of objects. */
  async expectRefused(token: string, code?: TokenRejectionCode): Promise<void> {
    const { verifier, cache } = this.#under;
    const recalled = attempt(() => verifier.recall(token));
    if (recalled !== undefined) {
      expectRejection(recalled, code);
    }
    expectRejection(await verifier.verify(token).catch((error: unknown) => error), code);
    expect(cache.size).toBe(this.remembers ? 1 : 0);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }

  /** The attacks have done the good token no harm. */
  async expectGoodTokenPasses(): Promise<void> {
    if (this.remembers) {
      expect(this.#under.verifier.recall(goodToken)).toMatchObject({ username: 'janedoe' });
    }
    await expect(this.#under.verifier.verify(goodToken)).resolves.toMatchObject({ username: 'janedoe' });
  }
}

/** Runs attacks twice: at a verifier that has seen nothing, and at one that remembers the good token. */
export function describeAttacks(title: string, body: (attack: Attack) => void): void {
  describe.each([
    ['nothing', false],
    ['the good token', true],
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

function expectRejection(verdict: unknown, code: TokenRejectionCode | undefined): void {
  expect(verdict).toBeInstanceOf(TokenRejectedError);
  if (code !== undefined) {
    expect((verdict as TokenRejectedError).code).toBe(code);
  }
}
