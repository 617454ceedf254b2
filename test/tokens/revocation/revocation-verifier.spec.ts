import { RevocationList } from '../../../lib/tokens/revocation/revocation-list.js';
import { TokenRejectedError } from '../../../lib/tokens/token-errors.js';
import type { TokenVerifierOptions } from '../../../lib/tokens/token-verifier.js';
import { ProbedStore } from '../support/revocation-stores.js';
import { accessToken, idToken, POOL_ID, TestClock } from '../support/test-issuer.js';
import { verifierUnderTest } from '../support/verifiers.js';

function withList(options: Partial<TokenVerifierOptions> = {}) {
  const store = new ProbedStore();
  const list = new RevocationList({ userPoolId: POOL_ID, store, timeout: 20, clock: new TestClock().read });
  return { store, list, ...verifierUnderTest({ revocation: list, tokenUse: null, ...options }) };
}

describe('TokenVerifier with a list of revocations', () => {
  it('refuses a remembered token at once, and keeps its signature remembered until then', async () => {
    const { verifier, list, events } = withList();
    const token = accessToken();
    const claims = await verifier.verify(token);
    await verifier.verify(token);
    expect(events.map((event) => 'remembered' in event && event.remembered)).toEqual([false, true]);
    expect(verifier.verifySync(token)).toBeUndefined();

    await list.revokeSignIn(claims);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_REVOKED', status: 401 });
    await expect(verifier.verify(idToken())).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
    expect(events.at(-1)).toEqual({ type: 'token-rejected', pool: 'default', code: 'TOKEN_REVOKED' });
  });

  it('refuses a token on another instance that shares the store', async () => {
    const one = withList();
    const list = new RevocationList({ userPoolId: POOL_ID, store: one.store });
    const { verifier } = verifierUnderTest({ revocation: list });
    const token = accessToken();
    const claims = await verifier.verify(token);
    await one.list.revokeUser(claims.sub);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['returns nothing', () => undefined],
    ['returns a string', () => 'false'],
  ])("takes a check of one's own that %s for one that cannot tell", async (_, isRevoked) => {
    const revocation = { isRevoked } as unknown as NonNullable<TokenVerifierOptions['revocation']>;
    const { verifier } = verifierUnderTest({ revocation });
    await expect(verifier.verify(accessToken())).rejects.toMatchObject({ code: 'REVOCATION_CHECK_FAILED' });
    const lenient = verifierUnderTest({ revocation, onRevocationUnavailable: 'accept' });
    await expect(lenient.verifier.verify(accessToken())).resolves.toMatchObject({ token_use: 'access' });
  });

  it('refuses with the code of a check that refuses by itself, which is no outage', async () => {
    const refusal = new TokenRejectedError('TOKEN_REVOCATION_UNCHECKABLE');
    const revocation = { isRevoked: async () => Promise.reject(refusal) };
    const { verifier, events } = verifierUnderTest({ revocation, onRevocationUnavailable: 'accept' });
    await expect(verifier.verify(accessToken())).rejects.toBe(refusal);
    expect(events).toEqual([{ type: 'token-rejected', pool: 'default', code: 'TOKEN_REVOCATION_UNCHECKABLE' }]);
  });

  it('takes a check that answers at once', async () => {
    const revocation = { isRevoked: () => true } as unknown as NonNullable<TokenVerifierOptions['revocation']>;
    const { verifier } = verifierUnderTest({ revocation });
    await expect(verifier.verify(accessToken())).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
  });

  it('asks the store about no token that is refused anyway', async () => {
    const { verifier, store } = withList();
    await expect(verifier.verify(accessToken({ exp: 1 }))).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    await expect(verifier.verify(`${accessToken()}A`)).rejects.toMatchObject({ status: 401 });
    expect(store.reads).toEqual([]);
  });

  it.each(['reject', 'swallow', 'hang'] as const)('refuses with 503 when the store does "%s"', async (mode) => {
    const { verifier, store, events } = withList();
    const token = accessToken();
    await verifier.verify(token);
    store.mode = mode;
    await expect(verifier.verify(token)).rejects.toMatchObject({
      code: 'REVOCATION_CHECK_FAILED',
      status: 503,
      cause: expect.any(Error),
    });
    expect(events.at(-1)).toMatchObject({ type: 'revocation-unavailable', pool: 'default', accepted: false });
  });

  it.each(['reject', 'swallow', 'hang'] as const)('admits by option when the store does "%s"', async (mode) => {
    const { verifier, store, events } = withList({ onRevocationUnavailable: 'accept' });
    store.mode = mode;
    await expect(verifier.verify(accessToken())).resolves.toMatchObject({ username: 'janedoe' });
    expect(events.map(({ type }) => type)).toEqual(['revocation-unavailable', 'token-accepted']);
    store.mode = 'work';
  });

  it('admits no token that it knows to be revoked, whatever the option', async () => {
    const { verifier, list } = withList({ onRevocationUnavailable: 'accept' });
    const token = accessToken();
    await list.revokeToken(await verifier.verify(token));
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
  });
});
