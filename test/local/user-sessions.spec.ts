import {
  AdminListUserSessionsCommand,
  AdminRevokeUserSessionCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GetUserPoolClientSessionConfigurationCommand,
  GetUserPoolSessionConfigurationCommand,
  InitiateAuthCommand,
  ListUserSessionsCommand,
  RevokeUserSessionCommand,
  SetUserPoolClientSessionConfigurationCommand,
  SetUserPoolSessionConfigurationCommand,
  type UserSessionTrackingType,
} from '@aws-sdk/client-cognito-identity-provider';

import { type LocalService, startLocalService } from './local-service.js';

const PASSWORD = 'Correct-Horse-9';
const MINUTE = 60_000;

describe('sessions of users', () => {
  let service: LocalService;
  let UserPoolId: string;
  let ClientId: string;

  beforeEach(async () => {
    const users = ['ann', 'bob'].map((username) => ({ username, password: PASSWORD }));
    service = await startLocalService({
      pools: [
        { name: 'default', users },
        { name: 'lite', UserPoolTier: 'LITE' },
      ],
    });
    UserPoolId = service.cognito.pool().id;
    ClientId = service.cognito.pool().client().id;
  });

  afterEach(() => service.stop());

  function track(maxPerUser = 20, tracking: UserSessionTrackingType = 'ENABLED', pool = UserPoolId) {
    return service.sdk.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId: pool,
        UserSessionTracking: tracking,
        TokenSession: { MaxPerUser: maxPerUser },
      }),
    );
  }

  function ssoMinutes(minutes: number | undefined, place = { UserPoolId, ClientId }) {
    const SSOSession = { MaxValidityMinutes: minutes };
    return service.sdk.send(new SetUserPoolClientSessionConfigurationCommand({ ...place, SSOSession }));
  }

  async function signIn(username = 'ann'): Promise<{ AccessToken: string; RefreshToken: string }> {
    const AuthParameters = { USERNAME: username, PASSWORD };
    const { AuthenticationResult } = await service.sdk.send(
      new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters }),
    );
    return AuthenticationResult as { AccessToken: string; RefreshToken: string };
  }

  async function list(AccessToken: string) {
    return (await service.sdk.send(new ListUserSessionsCommand({ AccessToken }))).Sessions ?? [];
  }

  async function adminList(Username = 'ann') {
    const { Sessions = [] } = await service.sdk.send(new AdminListUserSessionsCommand({ UserPoolId, Username }));
    return Sessions;
  }

  describe('configuration', () => {
    it('is off until it is turned on', async () => {
      const get = new GetUserPoolSessionConfigurationCommand({ UserPoolId });
      expect(await service.sdk.send(get)).toMatchObject({
        UserPoolId,
        UserSessionTracking: 'DISABLED',
        TokenSession: { MaxPerUser: 20 },
      });
      expect(await track(3)).toMatchObject({ UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 3 } });
      expect(await service.sdk.send(get)).toMatchObject({
        UserSessionTracking: 'ENABLED',
        TokenSession: { MaxPerUser: 3 },
      });
    });

    it("sets the lifetime of a client's SSO sessions", async () => {
      await track();
      const get = new GetUserPoolClientSessionConfigurationCommand({ UserPoolId, ClientId });
      expect(await service.sdk.send(get)).toMatchObject({
        UserPoolId,
        ClientId,
        SSOSession: { MaxValidityMinutes: 60 },
      });
      expect(await ssoMinutes(0)).toMatchObject({ SSOSession: { MaxValidityMinutes: 0 } });
      expect(await service.sdk.send(get)).toMatchObject({ SSOSession: { MaxValidityMinutes: 0 } });
    });

    const PATH = "at 'tokenSession.maxPerUser' failed to satisfy constraint:";
    const SSO_PATH = "at 'sSOSession.maxValidityMinutes' failed to satisfy constraint:";
    it.each<[string, () => Promise<unknown>, string, string]>([
      [
        'no sessions at all',
        () => track(0),
        'InvalidParameterException',
        `1 validation error detected: Value '0' ${PATH} Member must have value greater than or equal to 1`,
      ],
      [
        'more than a hundred sessions',
        () => track(101),
        'InvalidParameterException',
        `1 validation error detected: Value '101' ${PATH} Member must have value less than or equal to 100`,
      ],
      [
        'another word for on',
        () => track(1, 'YES' as 'ENABLED'),
        'InvalidParameterException',
        "1 validation error detected: Value 'YES' at 'userSessionTracking' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]",
      ],
      [
        'more than ninety days',
        () => ssoMinutes(129_601),
        'InvalidParameterException',
        `1 validation error detected: Value '129601' ${SSO_PATH} Member must have value less than or equal to 129600`,
      ],
      [
        'no minutes',
        () => ssoMinutes(undefined),
        'InvalidParameterException',
        `1 validation error detected: Value null ${SSO_PATH} Member must not be null`,
      ],
      [
        'minutes while nothing is tracked',
        () => ssoMinutes(5),
        'InvalidParameterException',
        'Session tracking is not enabled for the user pool.',
      ],
      [
        'a pool of the tier LITE',
        () => track(1, 'ENABLED', service.cognito.pool('lite').id),
        'FeatureUnavailableInTierException',
        'Sessions are not available in the tier LITE.',
      ],
      [
        'an unknown pool',
        () => track(1, 'ENABLED', 'us-east-1_nowhere00'),
        'ResourceNotFoundException',
        'User pool us-east-1_nowhere00 does not exist.',
      ],
      [
        'an unknown client',
        () => ssoMinutes(5, { UserPoolId, ClientId: 'nobody' }),
        'ResourceNotFoundException',
        'User pool client nobody does not exist.',
      ],
    ])('rejects %s', async (_case, call, name, message) => {
      await expect(call()).rejects.toMatchObject({ name, message });
    });
  });

  it('are not kept while tracking is off', async () => {
    const { AccessToken } = await signIn();
    expect(await list(AccessToken)).toEqual([]);
  });

  it('are listed with their origin', async () => {
    await track();
    const { AccessToken } = await signIn();
    expect(await list(AccessToken)).toEqual([
      {
        SessionId: expect.stringMatching(/^tkn[0-9a-z]{25}$/),
        SessionType: 'TOKEN',
        ClientId,
        CreateDate: expect.any(Date),
        LastActiveDate: expect.any(Date),
        DeviceType: 'unknown',
        LastIPAddress: '127.0.0.1',
        LastLocation: { Country: 'unknown' },
        IsCurrentSession: true,
      },
    ]);
    expect(await adminList()).toMatchObject([{ IsCurrentSession: false }]);
    expect(await adminList('bob')).toEqual([]);
  });

  it.each([
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36',
      'Chrome 125 / macOS 15.0',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 Edg/125.0',
      'Edge 125 / Windows 10',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0', 'Firefox 126 / Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari 17 / iOS 17',
    ],
    ['Mozilla/5.0 (compatible) Firefox/126.0', 'Firefox 126'],
  ])('name the browser %s', async (userAgent, device) => {
    await track();
    await fetch(service.cognito.endpoint, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth', 'User-Agent': userAgent },
      body: JSON.stringify({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters: { USERNAME: 'ann', PASSWORD } }),
    });
    expect(await adminList()).toMatchObject([{ DeviceType: device }]);
  });

  it.each([
    [
      'REFRESH_TOKEN_AUTH',
      (token: string) =>
        service.sdk.send(
          new InitiateAuthCommand({
            AuthFlow: 'REFRESH_TOKEN_AUTH',
            ClientId,
            AuthParameters: { REFRESH_TOKEN: token },
          }),
        ),
    ],
    [
      'GetTokensFromRefreshToken',
      (token: string) => service.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: token })),
    ],
  ])('become active again by %s', async (_case, renew: (token: string) => Promise<unknown>) => {
    await track();
    const { RefreshToken } = await signIn();
    const [before] = await adminList();
    service.pass(5 * MINUTE);
    await renew(RefreshToken);
    const [after] = await adminList();
    expect(after?.SessionId).toBe(before?.SessionId);
    expect(after?.CreateDate).toEqual(before?.CreateDate);
    expect(Number(after?.LastActiveDate) - Number(before?.LastActiveDate)).toBeGreaterThanOrEqual(5 * MINUTE);
  });

  it('are listed oldest first, whichever of them calls', async () => {
    await track();
    const first = await signIn();
    const second = await signIn();
    const order = (await list(first.AccessToken)).map(({ SessionId }) => SessionId);
    expect(new Set(order).size).toBe(2);

    expect((await list(second.AccessToken)).map(({ SessionId }) => SessionId)).toEqual(order);
    expect((await adminList()).map(({ SessionId }) => SessionId)).toEqual(order);
  });

  it('end when there are too many, the least recently used first', async () => {
    await track(2);
    const first = await signIn();
    service.pass(MINUTE);
    const second = await signIn();
    service.pass(MINUTE);
    await service.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: first.RefreshToken }));
    service.pass(MINUTE);
    const third = await signIn();
    await expect(service.sdk.send(new GetUserCommand({ AccessToken: second.AccessToken }))).rejects.toThrow(
      'Access Token has been revoked',
    );
    expect(await list(first.AccessToken)).toHaveLength(2);
    expect(await list(third.AccessToken)).toHaveLength(2);
  });

  it('are revoked by their user', async () => {
    await track();
    const lost = await signIn();
    const mine = await signIn();
    const { SessionId } = (await list(mine.AccessToken)).find(({ IsCurrentSession }) => !IsCurrentSession) ?? {};
    const revoke = new RevokeUserSessionCommand({ AccessToken: mine.AccessToken, SessionId });
    await service.sdk.send(revoke);
    await expect(list(lost.AccessToken)).rejects.toThrow('Access Token has been revoked');
    await expect(
      service.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: lost.RefreshToken })),
    ).rejects.toThrow('Refresh Token has been revoked');
    await expect(service.sdk.send(revoke)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Session does not exist.',
    });
  });

  it('cannot revoke themselves', async () => {
    await track();
    const { AccessToken } = await signIn();
    const [{ SessionId } = {}] = await list(AccessToken);
    await expect(service.sdk.send(new RevokeUserSessionCommand({ AccessToken, SessionId }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The current session cannot be revoked.',
    });
  });

  it('are revoked by an administrator, of the named user only', async () => {
    await track();
    const { AccessToken } = await signIn();
    await signIn('bob');
    const [anns] = await adminList();
    const [bobs] = await adminList('bob');
    const revoke = (SessionId = '') =>
      service.sdk.send(new AdminRevokeUserSessionCommand({ UserPoolId, Username: 'ann', SessionId }));
    await expect(revoke(bobs?.SessionId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await revoke(anns?.SessionId);
    await expect(list(AccessToken)).rejects.toThrow('Access Token has been revoked');
    expect(await adminList()).toEqual([]);
  });

  it('end with their refresh token', async () => {
    await track();
    await signIn();
    service.pass(30 * 24 * 60 * MINUTE);
    expect(await adminList()).toEqual([]);
  });

  it('are not listed for an unknown user', async () => {
    await expect(adminList('zoe')).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });
});
