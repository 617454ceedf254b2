import {
  CognitoRevocationCheck,
  type CognitoRevocationOptions,
} from '../../../lib/tokens/revocation/cognito-revocation-check.js';
import type { VerifiedClaims } from '../../../lib/tokens/claims/token-claims.js';
import { accessClaims, idClaims, machineClaims, TestClock, type Claims } from '../support/test-issuer.js';

const access = (changes?: Claims) => accessClaims(changes) as unknown as VerifiedClaims;

function checkUnderTest(options: Partial<CognitoRevocationOptions> = {}) {
  const clock = new TestClock();
  const isAccepted = jest.fn<Promise<boolean>, [string]>(async () => Promise.resolve(true));
  return { clock, isAccepted, check: new CognitoRevocationCheck({ isAccepted, clock: clock.read, ...options }) };
}

/** A question that waits for its answer. */
function openQuestion() {
  let answer: (accepted: boolean) => void = () => undefined;
  const question = new Promise<boolean>((resolve) => (answer = resolve));
  return {
    question,
    answer: (accepted: boolean) => {
      answer(accepted);
    },
  };
}

describe('CognitoRevocationCheck', () => {
  it.each([
    [true, false],
    [false, true],
  ])('shows Cognito the token; accepted %p means revoked %p', async (accepted, revoked) => {
    const { check, isAccepted } = checkUnderTest();
    isAccepted.mockResolvedValue(accepted);
    await expect(check.isRevoked(access(), 'token-1')).resolves.toBe(revoked);
    expect(isAccepted.mock.calls).toEqual([['token-1']]);
  });

  it('asks once in five seconds for each token', async () => {
    const { check, isAccepted, clock } = checkUnderTest();
    await check.isRevoked(access(), 'token-1');
    clock.advance(4_999);
    await check.isRevoked(access(), 'token-1');
    expect(isAccepted).toHaveBeenCalledTimes(1);
    await check.isRevoked(access(), 'token-2');
    expect(isAccepted).toHaveBeenCalledTimes(2);
    clock.advance(1);
    isAccepted.mockResolvedValue(false);
    await expect(check.isRevoked(access(), 'token-1')).resolves.toBe(true);
    expect(isAccepted).toHaveBeenCalledTimes(3);
  });

  it('keeps no answer from a time that the clock was set back from', async () => {
    const { check, isAccepted, clock } = checkUnderTest();
    await check.isRevoked(access(), 'token-1');
    clock.advance(-300 * 86_400_000);
    isAccepted.mockResolvedValue(false);
    await expect(check.isRevoked(access(), 'token-1')).resolves.toBe(true);
  });

  it('asks every time where no answer is to be remembered', async () => {
    const { check, isAccepted } = checkUnderTest({ cacheSeconds: 0 });
    await check.isRevoked(access(), 'token-1');
    await check.isRevoked(access(), 'token-1');
    expect(isAccepted).toHaveBeenCalledTimes(2);
  });

  it('asks once for requests that overlap', async () => {
    const { check, isAccepted } = checkUnderTest();
    const { question, answer } = openQuestion();
    isAccepted.mockReturnValue(question);
    const verdicts = Promise.all(Array.from({ length: 50 }, async () => check.isRevoked(access(), 'token-1')));
    answer(false);
    expect(new Set(await verdicts)).toEqual(new Set([true]));
    expect(isAccepted).toHaveBeenCalledTimes(1);
  });

  it.each([undefined, 0])(
    'asks again a second after a failure, not at each request (cache: %p s)',
    async (cacheSeconds) => {
      const { check, isAccepted, clock } = checkUnderTest({ cacheSeconds });
      isAccepted.mockRejectedValueOnce(new Error('throttled'));
      for (let times = 0; times < 10; times++) {
        await expect(check.isRevoked(access(), 'token-1')).rejects.toThrow('throttled');
      }
      expect(isAccepted).toHaveBeenCalledTimes(1);
      await expect(check.isRevoked(access(), 'token-2')).resolves.toBe(false);
      clock.advance(1_000);
      await expect(check.isRevoked(access(), 'token-1')).resolves.toBe(false);
    },
  );

  it('waits only so long', async () => {
    const { check, isAccepted } = checkUnderTest({ timeout: 10 });
    isAccepted.mockReturnValue(new Promise<never>(() => undefined));
    await expect(check.isRevoked(access(), 'token-1')).rejects.toThrow('longer than 10 ms');
  });

  it('holds a bounded number of answers and of open questions', async () => {
    const { check, isAccepted } = checkUnderTest({ capacity: 2, timeout: 10 });
    for (const token of ['token-1', 'token-2', 'token-3', 'token-1']) {
      await check.isRevoked(access(), token);
    }
    expect(isAccepted).toHaveBeenCalledTimes(4);
    isAccepted.mockReturnValue(new Promise<never>(() => undefined));
    const open = ['a', 'b'].map(async (token) => check.isRevoked(access(), token).catch(() => 'given up'));
    await expect(check.isRevoked(access(), 'c')).rejects.toThrow('2 requests to Cognito are pending');
    expect(await Promise.all(open)).toEqual(['given up', 'given up']);
  });

  it('forgets what Cognito said before a sign-out, also what it is about to say', async () => {
    const { check, isAccepted } = checkUnderTest();
    await check.isRevoked(access(), 'token-1');
    const { question, answer } = openQuestion();
    isAccepted.mockReturnValueOnce(question);
    const asked = check.isRevoked(access(), 'token-2');
    check.forget();
    isAccepted.mockResolvedValue(false);
    await expect(check.isRevoked(access(), 'token-2')).resolves.toBe(true);
    answer(true);
    await expect(asked).resolves.toBe(false);
    await expect(check.isRevoked(access(), 'token-1')).resolves.toBe(true);
    await expect(check.isRevoked(access(), 'token-2')).resolves.toBe(true);
  });

  it('lets machines pass: they have no sign-in that could end', async () => {
    const { check, isAccepted } = checkUnderTest();
    await expect(check.isRevoked(machineClaims() as unknown as VerifiedClaims, 'token-1')).resolves.toBe(false);
    expect(isAccepted).not.toHaveBeenCalled();
  });

  it.each([
    ['an id token', idClaims()],
    ['an id token with a scope', idClaims({ scope: 'aws.cognito.signin.user.admin' })],
    ['an access token without the scope', accessClaims({ scope: 'openid aws.cognito.signin.user.administrator' })],
    ['an access token without any scope', accessClaims({ scope: undefined })],
  ])('refuses %s, about which nothing can be found out, or lets it pass by option', async (_what, claims) => {
    const { check, isAccepted } = checkUnderTest();
    const lenient = checkUnderTest({ onUncheckable: 'accept' }).check;
    await expect(check.isRevoked(claims as unknown as VerifiedClaims, 'token-1')).rejects.toMatchObject({
      code: 'TOKEN_REVOCATION_UNCHECKABLE',
      message: expect.stringContaining('Send an access token with the scope aws.cognito.signin.user.admin'),
    });
    await expect(lenient.isRevoked(claims as unknown as VerifiedClaims, 'token-1')).resolves.toBe(false);
    expect(isAccepted).not.toHaveBeenCalled();
  });
});
