import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { exception, FakeService, json } from '../client/fake-service.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { CLIENT_ID, NOW, serviceFor } from './service-under-test.js';

const HOUR = 3_600_000;
const RENEWAL = 'GetTokensFromRefreshToken';
const RENEWED = json({ AuthenticationResult: { AccessToken: 'renewed', ExpiresIn: 3600 } });
const REUSED = exception('RefreshTokenReuseException', 'Refresh token reuse detected');

/** An access token that expires at a moment. */
const until = (moment: number): string => accessToken({ client_id: CLIENT_ID, exp: moment / 1_000 });
/** Tokens as an application has stored them. */
const stored = (token: string, more: object = {}): TokenSet =>
  ({ accessToken: token, refreshToken: 'refresh', ...more }) as TokenSet;

describe('stored tokens', () => {
  let fake: FakeService;
  let service: CognitoService;
  let close: () => void;

  beforeEach(async () => {
    fake = await FakeService.start();
    fake.on(RENEWAL, RENEWED);
    const made = serviceFor({ endpoint: fake.endpoint, clock: () => NOW, wait: () => Promise.resolve() });
    service = made.service;
    close = () => {
      made.client.destroy();
    };
  });

  afterEach(async () => {
    close();
    await fake.stop();
  });

  const SECOND = Math.floor(NOW / 1_000) * 1_000;

  it.each([
    ['without expiresAt', {}],
    ['with null', { expiresAt: null }],
  ])('%s expire with the access token', async (_, more) => {
    const fresh = stored(until(SECOND + HOUR), more);
    const old = stored(until(SECOND - HOUR), more);

    expect(await service.withTokens(fresh).accessToken()).toBe(fresh.accessToken);
    expect(service.withTokens(fresh).tokens?.expiresAt).toBe(SECOND + HOUR);
    expect(await service.checkToken(fresh)).toEqual({
      expired: false,
      tokens: { ...fresh, expiresAt: SECOND + HOUR },
    });
    expect(fake.requests).toEqual([]);

    expect(await service.withTokens(old).accessToken()).toBe('renewed');
    expect((await service.checkToken(old)).tokens.accessToken).toBe('renewed');
    expect((await service.checkToken(old, { renew: false })).expired).toBe(true);
  });

  it('without expiresAt are renewed if the access token does not tell its expiry', async () => {
    expect(await service.withTokens(stored('opaque')).accessToken()).toBe('renewed');
    expect((await service.checkToken(stored('opaque'))).expired).toBe(true);
  });

  const WRONG = [new Date(NOW).toISOString(), String(NOW), new Date(NOW), NaN, {}];

  it.each(WRONG)('with another expiresAt than a number are refused: %p', async (expiresAt) => {
    const tokens = stored(until(SECOND + HOUR), { expiresAt });
    const refused = { code: 'ARGUMENT_INVALID', argument: 'tokens.expiresAt' };

    expect(() => service.withTokens(tokens)).toThrow(expect.objectContaining(refused) as Error);
    await expect(service.checkToken(tokens)).rejects.toMatchObject(refused);
  });

  describe('that "reload" returns', () => {
    const reloading = (tokens: TokenSet, onEnded: () => void) =>
      service.withTokens(stored('old', { expiresAt: 0 }), { reload: () => tokens, onEnded });

    it('are renewed when their access token has expired', async () => {
      fake.on(RENEWAL, REUSED, RENEWED);
      const onEnded = jest.fn();

      const session = reloading(stored(until(SECOND - HOUR), { refreshToken: 'next' }), onEnded);

      expect([await session.accessToken(), onEnded.mock.calls.length]).toEqual(['renewed', 0]);
    });

    it('do not end the token session if their expiresAt is wrong', async () => {
      fake.on(RENEWAL, REUSED);
      const onEnded = jest.fn();
      const tokens = stored(until(SECOND + HOUR), { refreshToken: 'next', expiresAt: new Date(NOW).toISOString() });

      const session = reloading(tokens, onEnded);

      await expect(session.accessToken()).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
        argument: 'reload().expiresAt',
      });
      expect(onEnded).not.toHaveBeenCalled();
    });
  });
});
