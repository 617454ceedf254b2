import type { CognitoService } from '../../lib/user/cognito.service.js';
import { FaultyLine } from '../support/faulty-line.js';
import { ROTATION } from './factor-pools.js';
import { signIn } from './factors.js';
import { CLIENT_KINDS, World } from './world.js';

const MINUTE = 60_000;
const RENEWAL = 'GetTokensFromRefreshToken';

describe.each(CLIENT_KINDS)('tokens of a %s client', (kind) => {
  let world: World;
  let rotating: CognitoService;
  let line: FaultyLine;

  beforeAll(async () => {
    world = await World.start([ROTATION, { name: 'usernames' }]);
  });

  beforeEach(async () => {
    line = await FaultyLine.to(world.cognito.endpoint);
    rotating = world.services('rotation', kind, { endpoint: line.endpoint }).service;
  });

  afterEach(() => line.close());

  afterAll(() => world.stop());

  describe('that rotate', () => {
    it('come with a new refresh token, and the old one is valid for the grace period', async () => {
      const { refreshToken = '' } = await signIn(rotating, world.resident('rotation'));

      const renewed = await rotating.renewTokens({ refreshToken });
      expect(renewed.refreshToken).toEqual(expect.any(String));
      expect(renewed.refreshToken).not.toBe(refreshToken);
      await expect(rotating.renewTokens({ refreshToken })).resolves.toBeDefined();

      world.pass(11_000);
      await expect(rotating.renewTokens({ refreshToken })).rejects.toMatchObject({
        code: 'REFRESH_TOKEN_REUSED',
        status: 401,
      });
      await expect(rotating.renewTokens(renewed)).resolves.toBeDefined();
    });

    it('are requested once by a hundred calls that race', async () => {
      const { refreshToken = '' } = await signIn(rotating, world.resident('rotation'));

      const all = await Promise.all(Array.from({ length: 100 }, () => rotating.renewTokens({ refreshToken })));

      expect(line.count(RENEWAL)).toBe(1);
      expect(new Set(all.map((tokens) => tokens.refreshToken)).size).toBe(1);
    });

    it('are not renewed by REFRESH_TOKEN_AUTH', async () => {
      const tokens = await signIn(rotating, world.resident('rotation'));
      const { accessToken, refreshToken = '' } = tokens;

      await expect(
        rotating.renewTokens({ accessToken, refreshToken, method: 'REFRESH_TOKEN_AUTH' }),
      ).rejects.toMatchObject({
        code: 'AUTH_FLOW_NOT_ENABLED',
      });
    });

    it('are replaced by checkToken once they have expired', async () => {
      const tokens = await signIn(rotating, world.resident('rotation'));
      world.pass(61 * MINUTE);

      const { expired, tokens: renewed } = await rotating.checkToken(tokens);

      expect(expired).toBe(true);
      expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
      await expect(rotating.checkToken(renewed)).resolves.toEqual({ expired: false, tokens: renewed });
    });
  });

  describe('in a token session', () => {
    it('are renewed once, a minute before they expire, with one call of onRenewed', async () => {
      const tokens = await signIn(rotating, world.resident('rotation'));
      const onRenewed = jest.fn();
      const session = rotating.withTokens(tokens, { onRenewed });

      world.pass(58 * MINUTE);
      await session.getUser();
      expect(line.count(RENEWAL)).toBe(0);

      world.pass(MINUTE + 30_000);
      await Promise.all([session.getUser(), session.accessToken(), session.updateProfile({ nickname: 'Annie' })]);
      expect(line.count(RENEWAL)).toBe(1);
      expect(onRenewed.mock.calls).toEqual([[session.tokens]]);
      expect(session.tokens?.refreshToken).not.toBe(tokens.refreshToken);

      world.pass(59 * MINUTE + 30_000);
      await expect(session.getUser()).resolves.toMatchObject({ attributes: { nickname: 'Annie' } });
      expect(onRenewed).toHaveBeenCalledTimes(2);
    });

    it('are dropped once they are revoked, but not while Cognito is unavailable', async () => {
      const tokens = await signIn(rotating, world.resident('rotation'));
      const onEnded = jest.fn();
      const session = rotating.withTokens(tokens, { onEnded });
      await rotating.revokeToken(tokens.refreshToken ?? '');

      line.break(RENEWAL, 'lose-request');
      await expect(session.renew()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect([session.tokens, onEnded.mock.calls.length]).toEqual([tokens, 0]);

      await expect(session.renew()).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REVOKED' });
      expect([session.tokens, onEnded.mock.calls.length]).toEqual([undefined, 1]);
      await expect(session.getUser()).rejects.toMatchObject({ code: 'TOKEN_SESSION_ENDED' });
    });

    it.each(['logout', 'deleteUser'] as const)('end with %s', async (verb) => {
      const tokens = await signIn(rotating, world.resident('rotation'));
      const session = rotating.withTokens(tokens);

      await session[verb]();

      expect(session.tokens).toBeUndefined();
      await expect(rotating.getUser(tokens.accessToken)).rejects.toMatchObject({
        status: expect.any(Number) as number,
      });
      await expect(rotating.renewTokens({ refreshToken: tokens.refreshToken ?? '' })).rejects.toMatchObject({
        code: expect.stringMatching(/^REFRESH_TOKEN_/) as string,
      });
    });
  });

  it('are revoked one sign-in at a time, with their access tokens', async () => {
    const { service } = world.services('usernames', kind);
    const person = world.resident('usernames');
    const [lost, kept] = [await signIn(service, person), await signIn(service, person)];

    await service.revokeToken(lost.refreshToken ?? '', lost);
    await service.revokeToken(lost.refreshToken ?? '');

    await expect(service.getUser(lost.accessToken)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REVOKED' });
    await expect(service.getUser(kept.accessToken)).resolves.toBeDefined();
  });

  it('are not revoked by an access token', async () => {
    const { service } = world.services('usernames', kind);
    const { accessToken } = await signIn(service, world.resident('usernames'));

    await expect(service.revokeToken(accessToken)).rejects.toMatchObject({ code: 'TOKEN_TYPE_UNSUPPORTED' });
  });
});
