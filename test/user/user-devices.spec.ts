import type { AuthenticationOutcome, TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { RememberedDevice } from '../../lib/protocol/challenge.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { DEVICES, DEVICES_WITH_CONSENT, DEVICES_WITHOUT_RELIEF } from './factor-pools.js';
import { rememberDevice, signIn } from './factors.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, tokensOf, World } from './world.js';

const UNKNOWN: RememberedDevice = {
  key: 'us-east-1_11111111-2222-4333-8444-555555555555',
  groupKey: '-a1B2c3D4',
  password: 'cGFzc3dvcmQ=',
};

describe.each(CLIENT_KINDS)('devices through a %s client', (kind) => {
  let world: World;
  let cognito: CognitoService;

  beforeAll(async () => {
    world = await World.start([DEVICES, DEVICES_WITH_CONSENT, DEVICES_WITHOUT_RELIEF]);
    cognito = world.services('devices', kind).service;
  });

  afterAll(() => world.stop());

  /** A user with SMS as second factor and a remembered device, from the same sign-in. */
  const owner = async (
    service = cognito,
    pool = 'devices',
  ): Promise<{ person: Person; device: RememberedDevice; tokens: TokenSet }> => {
    const person = world.resident(pool, ({ phone }) => ({ phone_number: phone }));
    const device = await rememberDevice(service, person);
    const tokens = await signIn(service, person);
    await service.mfa.setPreference({ accessToken: tokens.accessToken, sms: { enabled: true } });
    return { person, device, tokens };
  };

  const onDevice = (
    { login: username }: Person,
    device: RememberedDevice,
    service = cognito,
  ): Promise<AuthenticationOutcome> => service.authenticate({ username, password: PASSWORD, device });

  it('are returned as newDevice when they are new', async () => {
    const person = world.resident('devices');
    const outcome = await cognito.authenticate({ username: person.login, password: PASSWORD });

    expect(outcome).toMatchObject({
      status: 'AUTHENTICATED',
      newDevice: {
        key: expect.stringMatching(/^us-east-1_/) as string,
        groupKey: expect.stringMatching(/^-/) as string,
      },
    });
  });

  it('replace the second factor once they are remembered', async () => {
    const { person, device } = await owner();
    const elsewhere = await cognito.authenticate({ username: person.login, password: PASSWORD });
    challengeOf(elsewhere, 'SMS_MFA');

    const outcome = await onDevice(person, device);

    expect(outcome).not.toHaveProperty('newDevice');
    const claims = await cognito.verifyToken(tokensOf(outcome).accessToken);
    expect(claims).toMatchObject({ device_key: device.key });
  });

  it.each(['USER_PASSWORD_AUTH', 'USER_AUTH'] as const)('work with %s as well', async (flow) => {
    const { person, device } = await owner();
    const request = { username: person.login, password: PASSWORD, device };

    tokensOf(await cognito.authenticate({ ...request, flow, preferredChallenge: 'PASSWORD_SRP' }));
  });

  it('are proven after the second factor where they do not replace it', async () => {
    const { service } = world.services('no-relief', kind);
    const { person, device } = await owner(service, 'no-relief');
    const first = challengeOf(await onDevice(person, device, service), 'SMS_MFA');

    const outcome = await service.respondToChallenge(first, { code: world.code(person.phone) }, { device });

    tokensOf(outcome);
  });

  it('need their secret: the key alone is rejected', async () => {
    const { person, device } = await owner();

    await expect(onDevice(person, { ...device, password: UNKNOWN.password })).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
    });
  });

  it('that Cognito has forgotten are dropped, and the sign-in continues without them', async () => {
    const { person, device, tokens } = await owner();
    await cognito.devices.forget({ accessToken: tokens.accessToken, deviceKey: device.key });

    const outcome = await onDevice(person, device);

    expect(outcome.forgottenDeviceKey).toBe(device.key);
    challengeOf(outcome, 'SMS_MFA');
  });

  it('that never existed are dropped in every flow', async () => {
    const person = world.resident('devices');
    for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const) {
      const request = { flow, username: person.login, password: PASSWORD, device: UNKNOWN };

      await expect(cognito.authenticate(request)).resolves.toMatchObject({
        status: 'AUTHENTICATED',
        forgottenDeviceKey: UNKNOWN.key,
        newDevice: { key: expect.any(String) as string },
      });
    }
  });

  describe('with the user’s consent only', () => {
    it('are remembered and no longer remembered as the user chooses', async () => {
      const { service } = world.services('consent', kind);
      const { person, device, tokens } = await owner(service, 'consent');
      const { accessToken } = tokens;
      const request = { accessToken, deviceKey: device.key };
      challengeOf(await onDevice(person, device, service), 'SMS_MFA');

      await service.devices.remember(request);
      tokensOf(await onDevice(person, device, service));
      await expect(service.devices.get(request)).resolves.toMatchObject({ remembered: true });

      await service.devices.doNotRemember(request);
      challengeOf(await onDevice(person, device, service), 'SMS_MFA');
      await expect(service.devices.get(request)).resolves.toMatchObject({ remembered: false });
    });

    it('report that consent is needed', async () => {
      const { service } = world.services('consent', kind);
      const person = world.resident('consent');
      const outcome = await service.authenticate({ username: person.login, password: PASSWORD });
      const { accessToken } = tokensOf(outcome);
      const newDevice = 'newDevice' in outcome ? outcome.newDevice : undefined;

      const confirmed = await service.devices.confirm({ accessToken, newDevice: newDevice ?? UNKNOWN });

      expect(confirmed).toEqual({
        needsUserConsent: true,
        device: { ...newDevice, password: expect.stringMatching(/^[\w+/]{54}==$/) as string },
      });
    });
  });

  it('are listed, read and forgotten', async () => {
    const { device, tokens } = await owner();
    const { accessToken } = tokens;

    const listed = await keysOf(cognito, accessToken);
    expect(listed).toContain(device.key);
    await expect(cognito.devices.get({ accessToken, deviceKey: device.key })).resolves.toMatchObject({
      key: device.key,
      name: 'laptop',
      remembered: true,
      lastIpAddress: expect.any(String) as string,
      createdAt: expect.any(Number) as number,
      attributes: { device_status: 'valid' },
    });

    await cognito.devices.forget({ accessToken, deviceKey: device.key });

    await expect(keysOf(cognito, accessToken)).resolves.not.toContain(device.key);
    await expect(cognito.devices.get({ accessToken, deviceKey: device.key })).rejects.toMatchObject({
      code: 'DEVICE_NOT_FOUND',
      status: 404,
    });
  });

  describe('renewal', () => {
    it.each(['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'] as const)(
      'by %s sends the device of the sign-in',
      async (method) => {
        const { person, device } = await owner();
        const tokens = tokensOf(await onDevice(person, device));
        const { accessToken, refreshToken = '' } = tokens;
        const username = person.username;

        await expect(cognito.renewTokens({ refreshToken, method, username })).rejects.toMatchObject({
          code: 'REFRESH_TOKEN_INVALID',
        });
        await expect(cognito.renewTokens({ accessToken, refreshToken, method })).resolves.toBeDefined();
        const byKey = { refreshToken, method, username, deviceKey: device.key };
        await expect(cognito.renewTokens(byKey)).resolves.toBeDefined();
      },
    );

    it('in a token session sends it too', async () => {
      const { person, device } = await owner();
      const session = cognito.withTokens(tokensOf(await onDevice(person, device)));

      await expect(session.renew()).resolves.toMatchObject({ tokenType: 'Bearer' });
    });
  });
});

async function keysOf({ devices }: CognitoService, accessToken: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of devices.list(accessToken)) {
    keys.push(key);
  }
  return keys;
}
