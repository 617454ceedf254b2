import type { CognitoClient } from '../../lib/client/cognito-client.js';
import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { exception, FakeService, json, reset, type Reply } from '../client/fake-service.js';
import { NOW, serviceFor } from './service-under-test.js';

const answer = (name: string, refresh?: string): Reply =>
  json({
    AuthenticationResult: {
      AccessToken: `access-${name}`,
      IdToken: `id-${name}`,
      ExpiresIn: 3600,
      ...(refresh !== undefined && { RefreshToken: refresh }),
    },
  });

const deviceToken = ['{}', '{"username":"ann","device_key":"eu-west-1_device"}', 'x']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

describe('renewal', () => {
  let fake: FakeService;
  let service: CognitoService;
  let client: CognitoClient;
  let now: number;

  beforeEach(async () => {
    fake = await FakeService.start();
    now = NOW;
    ({ service, client } = serviceFor({ endpoint: fake.endpoint, clock: () => now }));
  });

  afterEach(async () => {
    client.destroy();
    await fake.stop();
  });

  it('shares one request among a hundred calls that race', async () => {
    fake.on('GetTokensFromRefreshToken', answer('1', 'refresh-2'));

    const all = await Promise.all(
      Array.from({ length: 100 }, () => service.renewTokens({ refreshToken: 'refresh-1' })),
    );

    expect(fake.requests).toHaveLength(1);
    expect(new Set(all.map(({ refreshToken }) => refreshToken))).toEqual(new Set(['refresh-2']));
  });

  it('does not share it between refresh tokens, nor with later calls', async () => {
    fake.on('GetTokensFromRefreshToken', answer('1'));

    await Promise.all([service.renewTokens({ refreshToken: 'a' }), service.renewTokens({ refreshToken: 'b' })]);
    await service.renewTokens({ refreshToken: 'a' });

    expect(fake.requests).toHaveLength(3);
  });

  it('shares a failure too, then sends a new request', async () => {
    fake.on('GetTokensFromRefreshToken', reset(), answer('1'));
    const request = { refreshToken: 'refresh-1' };

    const outcomes = await Promise.allSettled([service.renewTokens(request), service.renewTokens(request)]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(fake.requests).toHaveLength(1);
    await expect(service.renewTokens(request)).resolves.toMatchObject({ accessToken: 'access-1' });
  });

  describe.each([
    ['an id token, as without the scope openid', { AccessToken: 'access-1', ExpiresIn: 3600 }, NOW + 3_600_000],
    ['a lifetime', { AccessToken: 'access-1', IdToken: 'id-1' }, NOW + 300_000],
    ['both', { AccessToken: 'access-1' }, NOW + 300_000],
  ])('that returns a rotated refresh token without %s', (_, result, expiresAt) => {
    beforeEach(() => {
      const first = json({ AuthenticationResult: { ...result, RefreshToken: 'refresh-2' } });
      fake.on('GetTokensFromRefreshToken', first, answer('2', 'refresh-3'));
    });

    const kept = {
      accessToken: 'access-1',
      ...('IdToken' in result && { idToken: 'id-1' }),
      refreshToken: 'refresh-2',
      expiresAt,
      tokenType: 'Bearer',
    };

    it('keeps it', async () => {
      await expect(service.renewTokens({ refreshToken: 'refresh-1' })).resolves.toEqual(kept);
    });

    it('keeps it in a token session', async () => {
      const onRenewed = jest.fn();
      const tokens = { accessToken: 'a', refreshToken: 'refresh-1', expiresAt: NOW, tokenType: 'Bearer' };
      const session = service.withTokens(tokens, { onRenewed });

      await expect(session.accessToken()).resolves.toBe('access-1');
      await session.renew();

      expect(onRenewed.mock.calls).toEqual([[kept], [session.tokens]]);
      expect(fake.sent('GetTokensFromRefreshToken')[1]).toMatchObject({ RefreshToken: 'refresh-2' });
    });
  });

  it('keeps the refresh token if it was not rotated', async () => {
    fake.on('GetTokensFromRefreshToken', answer('1'));

    await expect(service.renewTokens({ refreshToken: 'refresh-1' })).resolves.toMatchObject({
      refreshToken: 'refresh-1',
    });
  });

  it.each([
    ['the caller', { deviceKey: 'eu-west-1_device' }],
    ['the access token', { accessToken: deviceToken }],
  ])('sends the device key from %s', async (_, source) => {
    fake.on('GetTokensFromRefreshToken', answer('1')).on('InitiateAuth', answer('1'));

    await service.renewTokens({ refreshToken: 'refresh-1', ...source });
    await service.renewTokens({ refreshToken: 'refresh-1', method: 'REFRESH_TOKEN_AUTH', ...source });

    expect(fake.sent('GetTokensFromRefreshToken')[0]).toMatchObject({ DeviceKey: 'eu-west-1_device' });
    expect(fake.sent('InitiateAuth')[0]).toMatchObject({ AuthParameters: { DEVICE_KEY: 'eu-west-1_device' } });
  });

  it('sends the metadata', async () => {
    fake.on('GetTokensFromRefreshToken', answer('1'));

    await service.renewTokens({ refreshToken: 'refresh-1', clientMetadata: { tenant: 'acme' } });

    expect(fake.sent('GetTokensFromRefreshToken')[0]).toMatchObject({ ClientMetadata: { tenant: 'acme' } });
  });

  it('requires a refresh token if the checked tokens have expired', async () => {
    const tokens = { accessToken: 'a', idToken: 'i', expiresAt: NOW - 1, tokenType: 'Bearer' };

    await expect(service.checkToken(tokens)).rejects.toMatchObject({ argument: 'tokens.refreshToken' });
  });

  describe('in a token session', () => {
    const TOKENS: TokenSet = {
      accessToken: 'access-0',
      idToken: 'id-0',
      refreshToken: 'refresh-1',
      expiresAt: NOW + 3_600_000,
      tokenType: 'Bearer',
    };
    const NEARLY = 3_600_000 - 30_000;

    it('does not renew valid tokens', async () => {
      await expect(service.withTokens(TOKENS).accessToken()).resolves.toBe('access-0');
      expect(fake.requests).toHaveLength(0);
    });

    it('happens once, shortly before expiry, and calls onRenewed once', async () => {
      fake.on('GetTokensFromRefreshToken', answer('1', 'refresh-2'));
      const onRenewed = jest.fn();
      const session = service.withTokens(TOKENS, { onRenewed });
      now = NOW + NEARLY;

      const used = await Promise.all(Array.from({ length: 100 }, () => session.accessToken()));

      expect(new Set(used)).toEqual(new Set(['access-1']));
      expect(fake.requests).toHaveLength(1);
      expect(onRenewed).toHaveBeenCalledTimes(1);
      expect(onRenewed).toHaveBeenCalledWith(session.tokens);
      expect(session.tokens?.refreshToken).toBe('refresh-2');
    });

    it('uses the rotated token the next time', async () => {
      fake.on('GetTokensFromRefreshToken', answer('1', 'refresh-2'), answer('2', 'refresh-3'));
      const session = service.withTokens(TOKENS);

      await session.renew();
      await session.renew();

      expect(fake.sent('GetTokensFromRefreshToken').map((body) => body['RefreshToken'])).toEqual([
        'refresh-1',
        'refresh-2',
      ]);
    });

    it.each([
      ['an outage', reset()],
      ['throttling', exception('TooManyRequestsException', 'Rate exceeded')],
    ])('keeps the tokens on %s and uses them until they expire', async (_, reply) => {
      fake.on('GetTokensFromRefreshToken', reply);
      const onEnded = jest.fn();
      const session = service.withTokens(TOKENS, { onEnded });

      now = NOW + NEARLY;
      await expect(session.accessToken()).resolves.toBe('access-0');
      now = NOW + 3_600_000;
      await expect(session.accessToken()).rejects.toMatchObject({
        code: expect.stringMatching(/SERVICE_UNAVAILABLE|TOO_MANY_REQUESTS/) as string,
      });

      expect(session.tokens).toEqual(TOKENS);
      expect(onEnded).not.toHaveBeenCalled();
    });

    it.each([
      ['NotAuthorizedException', 'Refresh Token has been revoked'],
      ['NotAuthorizedException', 'Refresh Token has expired'],
      ['RefreshTokenReuseException', 'Refresh token reuse detected'],
      ['UserNotFoundException', 'User does not exist.'],
    ])('drops the tokens on %s "%s", once', async (name, message) => {
      fake.on('GetTokensFromRefreshToken', exception(name, message));
      const onEnded = jest.fn();
      const session = service.withTokens(TOKENS, { onEnded });
      now = NOW + NEARLY;

      const calls = await Promise.allSettled([session.accessToken(), session.getUser()]);

      expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(session.tokens).toBeUndefined();
      expect(onEnded).toHaveBeenCalledTimes(1);
      await expect(session.accessToken()).rejects.toMatchObject({ code: 'TOKEN_SESSION_ENDED' });
    });

    it('reports that the renewed tokens could not be stored, and uses them', async () => {
      fake.on('GetTokensFromRefreshToken', answer('1', 'refresh-2'));
      const failure = new Error('the store is down');
      const session = service.withTokens(TOKENS, { onRenewed: () => Promise.reject(failure) });
      now = NOW + NEARLY;

      await expect(session.accessToken()).rejects.toBe(failure);

      expect(session.tokens).toMatchObject({ refreshToken: 'refresh-2' });
      await expect(session.accessToken()).resolves.toBe('access-1');
    });

    it('ends with logout', async () => {
      fake.on('GlobalSignOut', json({}));
      const onEnded = jest.fn();
      const session = service.withTokens(TOKENS, { onEnded });

      await session.logout();

      expect(fake.sent('GlobalSignOut')).toEqual([{ AccessToken: 'access-0' }]);
      expect(session.tokens).toBeUndefined();
      expect(onEnded).toHaveBeenCalledTimes(1);
    });

    it('has the methods of the service without the access token', async () => {
      fake
        .on('UpdateUserAttributes', json({ CodeDeliveryDetailsList: [] }))
        .on('ChangePassword', json({}))
        .on('GetUserAttributeVerificationCode', json({ CodeDeliveryDetails: { AttributeName: 'email' } }))
        .on('VerifyUserAttribute', json({}))
        .on('DeleteUser', json({}));
      const session = service.withTokens(TOKENS);

      await session.updateProfile({ nickname: 'Annie' });
      await session.changePassword({ previousPassword: 'old', proposedPassword: 'new' });
      await expect(session.sendVerification()).resolves.toEqual({ attribute: 'email' });
      await session.validateVerification({ code: '123456' });
      await session.deleteUser();

      expect(fake.requests.map(({ body }) => body['AccessToken'])).toEqual(Array(5).fill('access-0'));
      expect(session.tokens).toBeUndefined();
    });
  });
});
