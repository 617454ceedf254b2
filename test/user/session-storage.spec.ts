import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { exception, FakeService, json, type Reply } from '../client/fake-service.js';
import { Gate } from '../support/gate.js';
import { NOW, serviceFor } from './service-under-test.js';

const HOUR = 3_600_000;
const RENEWAL = 'GetTokensFromRefreshToken';
const REUSED = exception('RefreshTokenReuseException', 'Refresh token reuse detected');
const DOWN = new Error('the store is down');

const tokensOf = (generation: number): TokenSet => ({
  accessToken: `access-${generation}`,
  idToken: `id-${generation}`,
  refreshToken: `refresh-${generation}`,
  expiresAt: NOW + HOUR,
  tokenType: 'Bearer',
});

const renewal = (generation: number): Reply =>
  json({
    AuthenticationResult: {
      AccessToken: `access-${generation}`,
      IdToken: `id-${generation}`,
      RefreshToken: `refresh-${generation}`,
      ExpiresIn: 3600,
    },
  });

describe('the storage of a token session', () => {
  let fake: FakeService;
  let service: CognitoService;
  let close: () => void;
  let now: number;
  let waits: number[];

  beforeEach(async () => {
    fake = await FakeService.start();
    now = NOW;
    waits = [];
    const made = serviceFor({
      endpoint: fake.endpoint,
      clock: () => now,
      wait: (milliseconds) => Promise.resolve(waits.push(milliseconds)),
    });
    service = made.service;
    close = () => {
      made.client.destroy();
    };
  });

  afterEach(async () => {
    close();
    await fake.stop();
  });

  describe('that fails', () => {
    it('once is asked again, and nobody notices', async () => {
      fake.on(RENEWAL, renewal(1));
      const onRenewed = jest.fn<Promise<void>, [TokenSet]>().mockRejectedValueOnce(DOWN);
      const session = service.withTokens(tokensOf(0), { onRenewed });

      await expect(session.renew()).resolves.toEqual(tokensOf(1));

      expect(onRenewed.mock.calls).toEqual([[tokensOf(1)], [tokensOf(1)]]);
      expect(waits).toEqual([50]);
      await session.accessToken();
      expect(onRenewed).toHaveBeenCalledTimes(2);
    });

    it('for longer is asked again at each use, until it has stored the tokens', async () => {
      fake.on(RENEWAL, renewal(1));
      const onRenewed = jest.fn<Promise<void>, [TokenSet]>().mockRejectedValue(DOWN);
      const session = service.withTokens(tokensOf(0), { onRenewed });
      await expect(session.renew()).rejects.toBe(DOWN);
      expect(onRenewed).toHaveBeenCalledTimes(3);

      await expect(session.accessToken()).resolves.toBe('access-1');
      expect(onRenewed).toHaveBeenCalledTimes(4);
      onRenewed.mockResolvedValue(undefined);
      await Promise.all([session.accessToken(), session.accessToken()]);
      await session.accessToken();

      expect(onRenewed).toHaveBeenCalledTimes(5);
      expect(onRenewed).toHaveBeenLastCalledWith(tokensOf(1));
    });

    it('until the next renewal is given the newest tokens only', async () => {
      fake.on(RENEWAL, renewal(1), renewal(2));
      const onRenewed = jest.fn<Promise<void>, [TokenSet]>().mockRejectedValue(DOWN);
      const session = service.withTokens(tokensOf(0), { onRenewed });
      await expect(session.renew()).rejects.toBe(DOWN);
      onRenewed.mockReset();

      await session.renew();
      await session.accessToken();

      expect(onRenewed.mock.calls).toEqual([[tokensOf(2)]]);
    });

    it('is not asked again after the end', async () => {
      fake.on(RENEWAL, renewal(1)).on('GlobalSignOut', json({}));
      const onRenewed = jest.fn<Promise<void>, [TokenSet]>().mockRejectedValue(DOWN);
      const session = service.withTokens(tokensOf(0), { onRenewed });
      await expect(session.renew()).rejects.toBe(DOWN);
      await expect(session.accessToken()).resolves.toBe('access-1');

      await session.logout();
      const calls = onRenewed.mock.calls.length;
      await expect(session.accessToken()).rejects.toMatchObject({ code: 'TOKEN_SESSION_ENDED' });

      expect(onRenewed).toHaveBeenCalledTimes(calls);
    });
  });

  describe('that hangs', () => {
    const callbackTimeout = 20;

    it.each(['onRenewed', 'onEnded'] as const)('does not block for ever in %s', async (callback) => {
      fake.on(RENEWAL, renewal(1)).on('GlobalSignOut', json({}));
      const hang = (): Promise<never> => new Promise(() => undefined);
      const session = service.withTokens(tokensOf(0), { [callback]: hang, callbackTimeout });

      await expect(callback === 'onEnded' ? session.logout() : session.renew()).rejects.toMatchObject({
        code: 'CALLBACK_TIMEOUT',
        status: 503,
        message: `"${callback}" did not finish within 20 ms.`,
      });
    });

    it('is asked again later, and uses do not wait for it in the meantime', async () => {
      fake.on(RENEWAL, renewal(1));
      const gate = new Gate();
      const onRenewed = jest.fn<Promise<void>, [TokenSet]>(() => gate.pass());
      const session = service.withTokens(tokensOf(0), { onRenewed, callbackTimeout });
      await expect(session.renew()).rejects.toMatchObject({ code: 'CALLBACK_TIMEOUT' });

      await expect(session.accessToken()).resolves.toBe('access-1');
      expect(onRenewed).toHaveBeenCalledTimes(1);
      now += callbackTimeout;
      onRenewed.mockResolvedValue(undefined);
      await session.accessToken();
      await session.accessToken();

      expect(onRenewed).toHaveBeenCalledTimes(2);
    });

    it('and then replaces newer tokens is given those again', async () => {
      fake.on(RENEWAL, renewal(1), renewal(2));
      let stored: TokenSet | undefined;
      const late = new Gate();
      const onRenewed = async (tokens: TokenSet): Promise<void> => {
        if (tokens.refreshToken === 'refresh-1') {
          await late.pass();
        }
        stored = tokens;
      };
      const session = service.withTokens(tokensOf(0), { onRenewed, callbackTimeout });
      await expect(session.renew()).rejects.toMatchObject({ code: 'CALLBACK_TIMEOUT' });
      await session.renew();
      late.open();
      await new Promise(setImmediate);
      expect(stored).toEqual(tokensOf(1));

      now += callbackTimeout;
      await session.accessToken();

      expect(stored).toEqual(tokensOf(2));
    });
  });

  describe('that another instance has written', () => {
    it('is read before the token session ends', async () => {
      fake.on(RENEWAL, REUSED);
      const onEnded = jest.fn();
      const session = service.withTokens(tokensOf(0), { reload: () => Promise.resolve(tokensOf(1)), onEnded });

      await expect(session.renew()).resolves.toEqual(tokensOf(1));

      expect(session.tokens).toEqual(tokensOf(1));
      expect(onEnded).not.toHaveBeenCalled();
    });

    it('is read again while the other instance may still be storing', async () => {
      fake.on(RENEWAL, REUSED);
      const reload = jest.fn().mockResolvedValue(tokensOf(1)).mockResolvedValueOnce(tokensOf(0));
      const session = service.withTokens(tokensOf(0), { reload });

      await expect(session.renew()).resolves.toEqual(tokensOf(1));

      expect(waits).toEqual([100]);
    });

    it('is renewed if it is due as well', async () => {
      fake.on(RENEWAL, REUSED, renewal(2));
      const onRenewed = jest.fn();
      const reload = (): TokenSet => ({ ...tokensOf(1), expiresAt: NOW });
      const session = service.withTokens(tokensOf(0), { reload, onRenewed });

      await expect(session.renew()).resolves.toEqual(tokensOf(2));

      expect(fake.sent(RENEWAL).map(({ RefreshToken }) => RefreshToken)).toEqual(['refresh-0', 'refresh-1']);
      expect(onRenewed.mock.calls).toEqual([[tokensOf(2)]]);
    });

    it.each<[string, Reply, unknown, number]>([
      ['it holds the rejected token', exception('NotAuthorizedException', 'Refresh Token has been revoked'), 0, 0],
      ['it still holds the rejected token', REUSED, 0, 5],
      ['it is empty', REUSED, undefined, 0],
      ['it holds something else', REUSED, 'other', 0],
    ])('does not prevent the end if %s', async (_, reply, stored, waited) => {
      fake.on(RENEWAL, reply);
      const onEnded = jest.fn();
      const reload = (): TokenSet => (stored === 0 ? tokensOf(0) : (stored as TokenSet));
      const session = service.withTokens(tokensOf(0), { reload, onEnded });

      await expect(session.renew()).rejects.toMatchObject({ status: 401 });

      expect([session.tokens, onEnded.mock.calls.length, waits.length]).toEqual([undefined, 1, waited]);
    });

    it('is not tried for ever', async () => {
      fake.on(RENEWAL, REUSED);
      let generation = 0;
      const reload = (): TokenSet => ({ ...tokensOf((generation += 1)), expiresAt: NOW });
      const session = service.withTokens(tokensOf(0), { reload });

      await expect(session.renew()).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });

      expect(fake.requests).toHaveLength(4);
    });

    it.each([
      ['fails', () => Promise.reject(DOWN), DOWN],
      ['hangs', () => new Promise<never>(() => undefined), expect.objectContaining({ code: 'CALLBACK_TIMEOUT' })],
    ])('does not end the token session if reading it %s', async (_, reload, failure: unknown) => {
      fake.on(RENEWAL, REUSED);
      const onEnded = jest.fn();
      const session = service.withTokens(tokensOf(0), { reload, onEnded, callbackTimeout: 20 });

      await expect(session.renew()).rejects.toEqual(failure);

      expect(session.tokens).toEqual(tokensOf(0));
      expect(onEnded).not.toHaveBeenCalled();
      await expect(session.accessToken()).resolves.toBe('access-0');
    });
  });

  it.each([
    [{ onRenewed: 'save' }, 'options.onRenewed'],
    [{ reload: {} }, 'options.reload'],
    [{ onEnded: null }, 'options.onEnded'],
    [{ callbackTimeout: 0 }, 'options.callbackTimeout'],
    [{ callbackTimeout: Number.NaN }, 'options.callbackTimeout'],
    [{ callbackTimeout: Infinity }, 'options.callbackTimeout'],
  ])('is not %j', (options, argument) => {
    expect(() => service.withTokens(tokensOf(0), options as never)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', argument }) as Error,
    );
  });
});
