import { Keyv } from 'keyv';

import {
  MandateConfigurationError,
  RevocationNotRecordedError,
  type TokenEvent,
  TokenRejectedError,
} from '../../lib/index.js';
import { readUnverifiedClaims } from '../../lib/protocol/unverified-claims.js';
import { ProbedStore } from '../tokens/support/revocation-stores.js';
import { type Instance, RevocationWorld } from './support/revocation-world.js';

type Tokens = Awaited<ReturnType<Instance['signIn']>>;

const ACCEPTED = '200';
const REVOKED = '401 TOKEN_REVOKED';
const UNKNOWN = '503 REVOCATION_CHECK_FAILED';

describe('revocation on two instances that share a store', () => {
  let world: RevocationWorld;
  let here: Instance;
  let there: Instance;
  let store: ProbedStore;
  let phone: Tokens;
  let laptop: Tokens;
  let user: { username: string; sub: string };

  const verdicts = async (token: string | undefined) => [await here.verdict(token), await there.verdict(token)];
  const expectBoth = async (tokens: Tokens, verdict: string) => {
    for (const token of [tokens.accessToken, tokens.idToken]) {
      expect(await verdicts(token)).toEqual([verdict, verdict]);
    }
  };
  const tampered = (token: string, changes: object) => {
    const [header, , signature] = token.split('.');
    const claims = JSON.stringify({ ...readUnverifiedClaims(token), ...changes });
    return [header, Buffer.from(claims).toString('base64url'), signature].join('.');
  };

  beforeAll(async () => {
    world = await RevocationWorld.start();
    store = new ProbedStore();
    const options = { revocation: { store, timeout: 50 }, tokenUse: null };
    [here, there] = [await world.instance(options), await world.instance(options)];
  });

  afterAll(async () => world.stop());

  beforeEach(async () => {
    store.mode = 'work';
    world.clock.advance(5_000);
    user = world.user();
    [phone, laptop] = [await here.signIn(user.username), await there.signIn(user.username)];
    await expectBoth(phone, ACCEPTED);
    await expectBoth(laptop, ACCEPTED);
  });

  describe.each<[string, () => Promise<unknown>]>([
    ['CognitoService.logout', async () => here.cognito.logout(phone.accessToken)],
    ['TokenSession.logout', async () => here.cognito.withTokens(phone).logout()],
    ['CognitoAdminService.logout', async () => here.admin.logout(user.username)],
    ['CognitoAdminService.logout by sub', async () => here.admin.logout(user.sub)],
    ['CognitoAdminService.disableUser', async () => here.admin.disableUser(user.username)],
    ['CognitoAdminService.resetPassword', async () => here.admin.resetPassword({ username: user.username })],
    ['CognitoService.deleteUser', async () => here.cognito.deleteUser(phone.accessToken)],
    ['CognitoAdminService.deleteUser', async () => here.admin.deleteUser(user.username)],
  ])('%s', (_name, end) => {
    it('ends every sign-in of the user, at once and on both', async () => {
      const other = world.user();
      const others = await here.signIn(other.username);
      await end();
      await expectBoth(phone, REVOKED);
      await expectBoth(laptop, REVOKED);
      await expectBoth(others, ACCEPTED);
    });
  });

  it('lets a user in again who signs in after logging out everywhere', async () => {
    await here.cognito.logout(phone.accessToken);
    world.clock.advance(1_000);
    await expectBoth(await there.signIn(user.username), ACCEPTED);
    await expectBoth(phone, REVOKED);
  });

  it('lets a user in again who was enabled again, and the old tokens stay refused', async () => {
    await here.admin.disableUser(user.username);
    await here.admin.enableUser(user.username);
    world.clock.advance(1_000);
    await expectBoth(await there.signIn(user.username), ACCEPTED);
    await expectBoth(laptop, REVOKED);
  });

  describe('CognitoService.revokeToken', () => {
    it('ends one sign-in, renewed tokens included, when it is given an access token of it', async () => {
      const renewed = await here.cognito.renewTokens(phone);
      expect(renewed.accessToken).not.toBe(phone.accessToken);
      await here.cognito.revokeToken(phone.refreshToken, phone);
      await expectBoth(phone, REVOKED);
      expect(await verdicts(renewed.accessToken)).toEqual([REVOKED, REVOKED]);
      await expectBoth(laptop, ACCEPTED);
    });

    it('takes an access token that has expired, and refuses the one that has not', async () => {
      const old = phone.accessToken;
      world.clock.advance(59 * 60_000);
      const renewed = await here.cognito.renewTokens(phone);
      world.clock.advance(2 * 60_000);
      expect(await here.verdict(old)).toBe('401 TOKEN_EXPIRED');
      expect(await verdicts(renewed.accessToken)).toEqual([ACCEPTED, ACCEPTED]);
      await here.cognito.revokeToken(phone.refreshToken, { accessToken: old });
      expect(await verdicts(renewed.accessToken)).toEqual([REVOKED, REVOKED]);
    });

    it('may be called again', async () => {
      await here.cognito.revokeToken(phone.refreshToken, phone);
      await here.cognito.revokeToken(phone.refreshToken, phone);
      await expectBoth(phone, REVOKED);
    });

    it('cannot tell the guards which sign-in it was without one: tokens already issued pass', async () => {
      await here.cognito.revokeToken(phone.refreshToken);
      await expectBoth(phone, ACCEPTED);
      await expect(here.cognito.renewTokens(phone)).rejects.toMatchObject({ code: expect.stringMatching(/^REFRESH/) });
    });

    it('marks nobody by a token that is not genuine, and revokes the refresh token even so', async () => {
      const marks = store.entries.length;
      const forged = tampered(phone.accessToken, {
        origin_jti: readUnverifiedClaims(laptop.accessToken)?.['origin_jti'],
      });
      const failure: unknown = await here.cognito
        .revokeToken(phone.refreshToken, { accessToken: forged })
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TokenRejectedError);
      expect(failure).toMatchObject({ code: 'TOKEN_SIGNATURE_INVALID' });
      expect(store.entries).toHaveLength(marks);
      await expect(here.cognito.renewTokens(phone)).rejects.toMatchObject({ code: expect.stringMatching(/^REFRESH/) });
    });
  });

  it('marks nobody when Cognito refuses the sign-out', async () => {
    const marks = store.entries.length;
    const forged = tampered(phone.accessToken, { username: 'somebody-else' });
    await expect(here.cognito.logout(forged)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_INVALID' });
    await expect(here.cognito.deleteUser(forged)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_INVALID' });
    await expect(here.admin.logout('nobody')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
    expect(store.entries).toHaveLength(marks);
    await expectBoth(phone, ACCEPTED);
  });

  it('takes marks of the application: one token, one sign-in, a whole user', async () => {
    const claims = await here.cognito.verifyToken(phone.accessToken);
    await here.marks.revokeToken(claims);
    expect(await verdicts(phone.accessToken)).toEqual([REVOKED, REVOKED]);
    expect(await verdicts(phone.idToken)).toEqual([ACCEPTED, ACCEPTED]);
    await here.marks.revokeSignIn(claims);
    expect(await verdicts(phone.idToken)).toEqual([REVOKED, REVOKED]);
    await expectBoth(laptop, ACCEPTED);
    await there.marks.revokeUser(user.sub);
    await expectBoth(laptop, REVOKED);
  });

  describe.each(['reject', 'swallow', 'hang'] as const)('with a store that does "%s"', (mode) => {
    // A store that took too long is left alone for a second.
    afterEach(() => {
      world.clock.advance(1_000);
    });

    it('refuses every token with 503, and lets it in once the store is back', async () => {
      store.mode = mode;
      await expectBoth(phone, UNKNOWN);
      store.mode = 'work';
      world.clock.advance(1_000);
      await expectBoth(phone, ACCEPTED);
    });

    it('admits tokens by option', async () => {
      const lenient = await world.instance({
        revocation: { store, timeout: 50, onUnavailable: 'accept' },
      });
      store.mode = mode;
      expect(await lenient.verdict(phone.accessToken)).toBe(ACCEPTED);
    });

    it('says of a sign-out that it could not be written, after Cognito has done it', async () => {
      store.mode = mode;
      const failure: unknown = await here.cognito.logout(phone.accessToken).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(RevocationNotRecordedError);
      expect(failure).toMatchObject({ code: 'REVOCATION_NOT_RECORDED', status: 503 });
      await expect(here.cognito.getUser(phone.accessToken)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REVOKED' });
      store.mode = 'work';
      world.clock.advance(1_000);
      await expectBoth(phone, ACCEPTED);
      await here.marks.revokeUser(user.sub);
      await expectBoth(phone, REVOKED);
    });
  });
});

describe('the option revocation', () => {
  let world: RevocationWorld;

  beforeAll(async () => {
    world = await RevocationWorld.start();
  });
  afterAll(async () => world.stop());

  it('left out: a token passes until it expires, and there is nowhere to write marks', async () => {
    const instance = await world.instance({});
    const { accessToken } = await instance.signIn(world.user().username);
    await instance.cognito.logout(accessToken);
    expect(await instance.verdict(accessToken)).toBe(ACCEPTED);
    await expect(instance.marks.revokeUser('somebody')).rejects.toThrow(MandateConfigurationError);
  });

  it('memory: refuses at once, on this instance alone', async () => {
    const [here, there] = [
      await world.instance({ revocation: { store: 'memory' } }),
      await world.instance({ revocation: { store: 'memory' } }),
    ];
    const { accessToken } = await here.signIn(world.user().username);
    expect(await here.verdict(accessToken)).toBe(ACCEPTED);
    await here.cognito.logout(accessToken);
    expect(await here.verdict(accessToken)).toBe(REVOKED);
    expect(await there.verdict(accessToken)).toBe(ACCEPTED);
  });

  it('a Keyv: fits as it is', async () => {
    const store = new Keyv();
    const [here, there] = [
      await world.instance({ revocation: { store } }),
      await world.instance({ revocation: { store } }),
    ];
    const { accessToken } = await here.signIn(world.user().username);
    expect(await there.verdict(accessToken)).toBe(ACCEPTED);
    await here.cognito.logout(accessToken);
    expect(await there.verdict(accessToken)).toBe(REVOKED);
  });

  it('a store that is emptied: revoked tokens pass again, which is told', async () => {
    const store = new ProbedStore();
    const events: TokenEvent[] = [];
    const instance = await world.instance({ revocation: { store }, onTokenEvent: (event) => events.push(event) });
    const { accessToken } = await instance.signIn(world.user().username);
    await instance.cognito.logout(accessToken);
    expect(await instance.verdict(accessToken)).toBe(REVOKED);
    store.values.clear();
    expect(await instance.verdict(accessToken)).toBe(ACCEPTED);
    expect(events.filter(({ type }) => type === 'revocation-store-emptied')).toEqual([
      { type: 'revocation-store-emptied', pool: 'default' },
    ]);
  });

  it('askCognito: refuses at once here, and on other instances within five seconds', async () => {
    const [here, there] = [
      await world.instance({ revocation: { askCognito: true } }),
      await world.instance({ revocation: { askCognito: true } }),
    ];
    const { accessToken } = await here.signIn(world.user().username);
    expect([await here.verdict(accessToken), await there.verdict(accessToken)]).toEqual([ACCEPTED, ACCEPTED]);
    await here.cognito.logout(accessToken);
    expect(await here.verdict(accessToken)).toBe(REVOKED);
    world.clock.advance(5_000);
    expect(await there.verdict(accessToken)).toBe(REVOKED);
    await expect(here.marks.revokeUser('somebody')).rejects.toThrow('must have a store');
  });

  it.each(['disableUser', 'deleteUser', 'logout'] as const)(
    'askCognito: finds out about %s, wherever it came from',
    async (verb) => {
      const instance = await world.instance({ revocation: { askCognito: { cacheSeconds: 0 } } });
      const outside = await world.instance({});
      const { username } = world.user();
      const { accessToken } = await instance.signIn(username);
      expect(await instance.verdict(accessToken)).toBe(ACCEPTED);
      await outside.admin[verb](username);
      expect(await instance.verdict(accessToken)).toBe(REVOKED);
    },
  );

  it('askCognito: refuses with 503 while Cognito cannot be reached', async () => {
    const { accessToken } = await (await world.instance({})).signIn(world.user().username);
    const cut = { endpoint: 'http://127.0.0.1:9', retry: { maxAttempts: 1 } };
    const instance = await world.instance({ ...cut, revocation: { askCognito: true } });
    expect(await instance.verdict(accessToken)).toBe(UNKNOWN);
    const lenient = await world.instance({
      ...cut,
      revocation: { askCognito: true, onUnavailable: 'accept' },
    });
    expect(await lenient.verdict(accessToken)).toBe(ACCEPTED);
  });

  it('askCognito: refuses with 401 what Cognito cannot be asked about, which is no outage, or admits it by option', async () => {
    const onUnavailable = 'accept';
    const strict = await world.instance({ tokenUse: null, revocation: { askCognito: true, onUnavailable } });
    const lenient = await world.instance({
      tokenUse: null,
      revocation: { askCognito: { onUncheckable: 'accept' }, onUnavailable },
    });
    const { accessToken, idToken } = await strict.signIn(world.user().username);
    expect(await strict.verdict(accessToken)).toBe(ACCEPTED);
    expect(await strict.verdict(idToken)).toBe('401 TOKEN_REVOCATION_UNCHECKABLE');
    expect(await lenient.verdict(idToken)).toBe(ACCEPTED);
    await lenient.cognito.logout(accessToken);
    expect(await lenient.verdict(accessToken)).toBe(REVOKED);
  });

  it('askCognito: is refused at the start where only id tokens are let in', async () => {
    const options = { revocation: { askCognito: { onUncheckable: 'accept' } }, tokenUse: 'id' } as const;
    await expect(world.instance(options)).rejects.toThrow(MandateConfigurationError);
  });

  it('askCognito: refuses at once what was revoked by the refresh token alone', async () => {
    const instance = await world.instance({ revocation: { askCognito: true } });
    const { accessToken, refreshToken } = await instance.signIn(world.user().username);
    expect(await instance.verdict(accessToken)).toBe(ACCEPTED);
    await instance.cognito.revokeToken(refreshToken);
    expect(await instance.verdict(accessToken)).toBe(REVOKED);
  });

  it.each(['disableUser', 'deleteUser', 'logout'] as const)(
    'askCognito: refuses at once after %s on this instance',
    async (verb) => {
      const instance = await world.instance({ revocation: { askCognito: true } });
      const { username } = world.user();
      const { accessToken } = await instance.signIn(username);
      expect(await instance.verdict(accessToken)).toBe(ACCEPTED);
      await instance.admin[verb](username);
      expect(await instance.verdict(accessToken)).toBe(REVOKED);
    },
  );

  it("a check of one's own: is asked, and is told of sign-outs if it can be", async () => {
    const revoked = new Set<string>();
    const own = {
      isRevoked: async ({ sub }: { sub: string }) => Promise.resolve(revoked.has(sub)),
      revokeToken: async () => Promise.resolve(),
      revokeSignIn: async () => Promise.resolve(),
      revokeUser: async (sub: string) => Promise.resolve(void revoked.add(sub)),
    };
    const instance = await world.instance({ revocation: { check: own } });
    const mute = await world.instance({ revocation: { check: { isRevoked: own.isRevoked } } });
    const { accessToken } = await instance.signIn(world.user().username);
    expect([await instance.verdict(accessToken), await mute.verdict(accessToken)]).toEqual([ACCEPTED, ACCEPTED]);
    await instance.cognito.logout(accessToken);
    expect([await instance.verdict(accessToken), await mute.verdict(accessToken)]).toEqual([REVOKED, REVOKED]);
    await expect(mute.marks.revokeUser('x')).rejects.toThrow(MandateConfigurationError);
  });

  it("a check of one's own that takes no single tokens: is told of sign-outs all the same", async () => {
    const revoked = new Set<string>();
    const own = {
      isRevoked: async ({ sub }: { sub: string }) => Promise.resolve(revoked.has(sub)),
      revokeSignIn: async () => Promise.resolve(),
      revokeUser: async (sub: string) => Promise.resolve(void revoked.add(sub)),
      // A name that means nothing to us.
      forget: () => {
        revoked.clear();
      },
    };
    const instance = await world.instance({ revocation: { check: own } });
    const { accessToken } = await instance.signIn(world.user().username);
    await instance.cognito.logout(accessToken);
    expect(await instance.verdict(accessToken)).toBe(REVOKED);
    const token = { exp: 1, jti: 'x' };
    await expect(instance.marks.revokeToken(token)).rejects.toThrow(MandateConfigurationError);
  });

  it.each(['revokeToken', 'revokeSignIn', 'revokeUser'])(
    "a check of one's own that has only %s: is refused at the start",
    async (method) => {
      const own = { isRevoked: async () => Promise.resolve(false), [method]: async () => Promise.resolve() };
      await expect(world.instance({ revocation: { check: own } })).rejects.toThrow(
        'both revokeSignIn() and revokeUser()',
      );
    },
  );
});
