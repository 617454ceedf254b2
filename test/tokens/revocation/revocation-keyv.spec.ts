import { Keyv, type KeyvStoreAdapter } from 'keyv';

import { MandateConfigurationError } from '../../../lib/errors/configuration-error.js';
import { RevocationList } from '../../../lib/tokens/revocation/revocation-list.js';
import type { RevocationStore } from '../../../lib/tokens/revocation/revocation-store.js';
import type { VerifiedClaims } from '../../../lib/tokens/claims/token-claims.js';
import { accessClaims, POOL_ID } from '../support/test-issuer.js';

const claims = accessClaims() as unknown as VerifiedClaims;

/** What Keyv adapters look like, over a map, with a switch to fail by. */
function adapter(getMany: 'with getMany' | 'without getMany' = 'with getMany') {
  const values = new Map<string, unknown>();
  const state: { down: boolean; lost?: string } = { down: false };
  const guarded = async <T>(work: () => T): Promise<T> =>
    state.down ? Promise.reject(new Error('connection lost')) : Promise.resolve(work());
  const read = (key: string) => {
    if (state.lost !== undefined && key.includes(state.lost)) {
      throw new Error('this node of the cluster is lost');
    }
    return values.get(key);
  };
  const store = {
    opts: {},
    get: async (key: string) => guarded(() => read(key)),
    set: async (key: string, value: unknown) => guarded(() => values.set(key, value)),
    delete: async (key: string) => guarded(() => values.delete(key)),
    clear: async () =>
      guarded(() => {
        values.clear();
      }),
    ...(getMany === 'with getMany' && {
      getMany: async (keys: string[]) => guarded(() => keys.map(read)),
    }),
    on: () => undefined,
  };
  return { state, store: store as unknown as KeyvStoreAdapter };
}

describe('a Keyv as the store of revocations', () => {
  it.each([
    ['as it comes', () => new Keyv()],
    ['with a namespace', () => new Keyv({ namespace: 'sessions' })],
    ['with the namespace that our keys begin with', () => new Keyv({ namespace: 'mandate' })],
    ['with no namespace and no prefix', () => new Keyv({ namespace: '', useKeyPrefix: false })],
    ['over an adapter', () => new Keyv(adapter().store)],
  ])('fits %s', async (_how, makeKeyv) => {
    // The assignment is the test that the types fit.
    const store: RevocationStore = makeKeyv();
    const list = new RevocationList({ userPoolId: POOL_ID, store });
    await expect(list.isRevoked(claims)).resolves.toBe(false);
    await list.revokeSignIn(claims);
    await expect(list.isRevoked(claims)).resolves.toBe(true);
    await list.revokeUser(claims.sub);
    await expect(new RevocationList({ userPoolId: POOL_ID, store }).isRevoked(claims)).resolves.toBe(true);
  });

  it('finds no mark that a namespace hides, and says so instead of letting tokens pass', async () => {
    // Keyv prefixes such a key when it reads several and not when it writes one.
    const store = new Keyv({ namespace: `mandate.revoked{${POOL_ID}}` });
    const list = new RevocationList({ userPoolId: POOL_ID, store });
    await expect(list.revokeSignIn(claims)).rejects.toMatchObject({ code: 'REVOCATION_NOT_RECORDED' });
    await expect(list.isRevoked(claims)).rejects.toThrow('did not return the entry that was just written');
  });

  it('is noticed to be down, though it swallows that unless told otherwise', async () => {
    for (const throwOnErrors of [false, true]) {
      const { store, state } = adapter();
      const list = new RevocationList({ userPoolId: POOL_ID, store: new Keyv(store, { throwOnErrors }) });
      await list.revokeSignIn(claims);
      state.down = true;
      await expect(list.isRevoked(claims)).rejects.toThrow();
      await expect(list.revokeUser(claims.sub)).rejects.toMatchObject({ code: 'REVOCATION_NOT_RECORDED' });
      state.down = false;
      await expect(list.isRevoked(claims)).resolves.toBe(true);
    }
  });

  it('lets no token pass while the key of its user alone cannot be read', async () => {
    for (const throwOnErrors of [false, true]) {
      const { store, state } = adapter();
      const list = new RevocationList({ userPoolId: POOL_ID, store: new Keyv(store, { throwOnErrors }) });
      await list.revokeUser(claims.sub);
      state.lost = `user:${claims.sub}`;
      await expect(list.isRevoked(claims)).rejects.toThrow();
    }
  });

  it('is refused over an adapter without getMany, for Keyv takes its failures for missing keys', () => {
    const { store } = adapter('without getMany');
    for (const keyv of [new Keyv(store), new Keyv({ store, throwOnErrors: true })]) {
      const make = () => new RevocationList({ userPoolId: POOL_ID, store: keyv });
      expect(make).toThrow(MandateConfigurationError);
      expect(make).toThrow('"revocation" must not be a Keyv whose adapter lacks getMany()');
    }
  });
});
