import {
  AdminForgetDeviceCommand,
  AdminGetDeviceCommand,
  AdminListDevicesCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateDeviceStatusCommand,
  ConfirmDeviceCommand,
  ForgetDeviceCommand,
  GetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  type InitiateAuthCommandOutput,
  ListDevicesCommand,
  RespondToAuthChallengeCommand,
  UpdateDeviceStatusCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { createClientKeyPair } from '../../lib/protocol/srp/client.js';
import { createDeviceSecret } from '../../lib/protocol/srp/device.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { readUnverifiedClaims } from '../../lib/protocol/unverified-claims.js';
import { AuthClient, srpClaim } from './auth-client.js';
import { createUser } from './create-user.js';
import { type LocalService, startLocalService } from './local-service.js';

const PASSWORD = 'Correct-Horse-9';
const PHONE = '+15555550134';
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };
const UNKNOWN_KEY = 'us-east-1_11111111-2222-4333-8444-555555555555';

const POOLS: LocalPoolOptions[] = [
  {
    name: 'always',
    mfa: { MfaConfiguration: 'OPTIONAL', ...SMS },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  },
  {
    name: 'on-prompt',
    mfa: { MfaConfiguration: 'OPTIONAL', ...SMS },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  },
  {
    name: 'no-relief',
    mfa: { MfaConfiguration: 'OPTIONAL', ...SMS },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
  },
  { name: 'untracked' },
];

interface TestDevice {
  readonly key: string;
  readonly groupKey: string;
  readonly password: string;
}

describe('devices', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({ pools: POOLS });
  });

  afterAll(() => service.stop());

  function lastCode(username: string): string {
    return service.cognito.outbox.latest({ username, kind: 'Authentication' })?.code ?? '';
  }

  async function newUser(client: AuthClient, pool: string, withMfa = false): Promise<string> {
    const username = await createUser(service, pool, PASSWORD, { phone_number: PHONE });
    if (withMfa) {
      await service.sdk.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId: client.poolId,
          Username: username,
          SMSMfaSettings: { Enabled: true },
        }),
      );
    }
    return username;
  }

  /** Confirms the device of a sign-in, as clients do right after it. */
  async function confirm({ AuthenticationResult }: InitiateAuthCommandOutput, name?: string) {
    const { DeviceKey = '', DeviceGroupKey = '' } = AuthenticationResult?.NewDeviceMetadata ?? {};
    const secret = createDeviceSecret(DeviceGroupKey, DeviceKey);
    const { UserConfirmationNecessary } = await service.sdk.send(
      new ConfirmDeviceCommand({
        AccessToken: AuthenticationResult?.AccessToken,
        DeviceKey,
        DeviceName: name,
        DeviceSecretVerifierConfig: secret.verifierConfig,
      }),
    );
    const device: TestDevice = { key: DeviceKey, groupKey: DeviceGroupKey, password: secret.password };
    return { device, UserConfirmationNecessary, accessToken: AuthenticationResult?.AccessToken ?? '' };
  }

  /** Answers DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER; without sessions when they are not wanted. */
  async function proveDevice(
    client: AuthClient,
    challenge: InitiateAuthCommandOutput,
    device: TestDevice,
    { withSession = true } = {},
  ): Promise<InitiateAuthCommandOutput> {
    const step = ({ Session, ...rest }: InitiateAuthCommandOutput) => (withSession ? { ...rest, Session } : rest);
    const keyPair = createClientKeyPair();
    const verifier = await client.respond(step(challenge), { DEVICE_KEY: device.key, SRP_A: keyPair.publicHex });
    expect(verifier.ChallengeName).toBe('DEVICE_PASSWORD_VERIFIER');
    const proof = { realm: device.groupKey, userId: device.key, password: device.password };
    return client.respond(step(verifier), { DEVICE_KEY: device.key, ...srpClaim(verifier, keyPair, proof) });
  }

  describe.each(['public', 'secret'])('with the %s client', (clientName) => {
    it('get new keys at each sign-in, which the access token names', async () => {
      const client = new AuthClient(service, clientName, 'always');
      const username = await newUser(client, 'always');
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      const { DeviceKey, DeviceGroupKey } = AuthenticationResult?.NewDeviceMetadata ?? {};
      expect(DeviceKey).toMatch(/^us-east-1_[0-9a-f]{8}-[0-9a-f-]{27}$/);
      expect(DeviceGroupKey).toMatch(/^-[0-9A-Za-z]{8}$/);
      expect(readUnverifiedClaims(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ device_key: DeviceKey });
    });

    it('replace the second factor once they are remembered', async () => {
      const client = new AuthClient(service, clientName, 'always');
      const username = await newUser(client, 'always', true);
      const sms = await client.password(username, PASSWORD);
      const first = await client.respond(sms, { SMS_MFA_CODE: lastCode(username) });
      const { device, UserConfirmationNecessary } = await confirm(first, 'laptop');
      expect(UserConfirmationNecessary).toBe(false);
      service.cognito.outbox.clear();

      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      expect(challenge).toMatchObject({
        ChallengeName: 'DEVICE_SRP_AUTH',
        ChallengeParameters: { DEVICE_KEY: device.key, USERNAME: username },
      });
      const { AuthenticationResult } = await proveDevice(client, challenge, device);
      expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
      expect(readUnverifiedClaims(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ device_key: device.key });
      expect(service.cognito.outbox.latest({ username })).toBeUndefined();
    });

    it('prove themselves without a session', async () => {
      const client = new AuthClient(service, clientName, 'always');
      const username = await newUser(client, 'always');
      const { device } = await confirm(await client.password(username, PASSWORD));
      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      const { AuthenticationResult } = await proveDevice(client, challenge, device, { withSession: false });
      expect(AuthenticationResult?.RefreshToken).toEqual(expect.any(String));
    });

    it('prove themselves after SRP', async () => {
      const client = new AuthClient(service, clientName, 'always');
      const username = await newUser(client, 'always');
      const { device } = await confirm(await client.password(username, PASSWORD));
      const keyPair = createClientKeyPair();
      const start = await client.initiate('USER_SRP_AUTH', { USERNAME: username, SRP_A: keyPair.publicHex });
      const challenge = await client.provePassword(start, keyPair, PASSWORD, { DEVICE_KEY: device.key });
      const { AuthenticationResult } = await proveDevice(client, challenge, device);
      expect(AuthenticationResult?.AccessToken).toEqual(expect.any(String));
    });

    it('are required to renew their tokens', async () => {
      const client = new AuthClient(service, clientName, 'always');
      const username = await newUser(client, 'always');
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      const { RefreshToken = '', NewDeviceMetadata } = AuthenticationResult ?? {};
      const invalid = { name: 'NotAuthorizedException', message: 'Invalid Refresh Token' };
      await expect(client.refresh(username, RefreshToken)).rejects.toMatchObject(invalid);
      await expect(client.refresh(username, RefreshToken, { DEVICE_KEY: UNKNOWN_KEY })).rejects.toMatchObject(invalid);
      const DEVICE_KEY = NewDeviceMetadata?.DeviceKey ?? '';
      const renewed = await client.refresh(username, RefreshToken, { DEVICE_KEY });
      expect(readUnverifiedClaims(renewed.AuthenticationResult?.AccessToken ?? '')).toMatchObject({
        device_key: DEVICE_KEY,
      });
    });
  });

  it('are required by GetTokensFromRefreshToken too', async () => {
    const client = new AuthClient(service, 'public', 'always');
    const { AuthenticationResult } = await client.password(await newUser(client, 'always'), PASSWORD);
    const { RefreshToken, NewDeviceMetadata } = AuthenticationResult ?? {};
    const request = { ClientId: client.clientId, RefreshToken };
    await expect(service.sdk.send(new GetTokensFromRefreshTokenCommand(request))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid Refresh Token',
    });
    const command = new GetTokensFromRefreshTokenCommand({ ...request, DeviceKey: NewDeviceMetadata?.DeviceKey });
    await expect(service.sdk.send(command)).resolves.toMatchObject({
      AuthenticationResult: { AccessToken: expect.any(String) as string },
    });
  });

  describe('remembering', () => {
    it('waits for the user if the pool requires that', async () => {
      const client = new AuthClient(service, 'public', 'on-prompt');
      const username = await newUser(client, 'on-prompt', true);
      const sms = await client.password(username, PASSWORD);
      const first = await client.respond(sms, { SMS_MFA_CODE: lastCode(username) });
      const { device, UserConfirmationNecessary, accessToken } = await confirm(first);
      expect(UserConfirmationNecessary).toBe(true);

      const second = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      expect(second.ChallengeName).toBe('SMS_MFA');
      await service.sdk.send(
        new UpdateDeviceStatusCommand({
          AccessToken: accessToken,
          DeviceKey: device.key,
          DeviceRememberedStatus: 'remembered',
        }),
      );
      const third = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      expect(third.ChallengeName).toBe('DEVICE_SRP_AUTH');
    });

    it("ends at the user's request", async () => {
      const client = new AuthClient(service, 'public', 'always');
      const username = await newUser(client, 'always', true);
      const sms = await client.password(username, PASSWORD);
      const { device } = await confirm(await client.respond(sms, { SMS_MFA_CODE: lastCode(username) }));
      await service.sdk.send(
        new AdminUpdateDeviceStatusCommand({
          UserPoolId: client.poolId,
          Username: username,
          DeviceKey: device.key,
          DeviceRememberedStatus: 'not_remembered',
        }),
      );
      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      expect(challenge.ChallengeName).toBe('SMS_MFA');
      const next = await client.respond(challenge, { SMS_MFA_CODE: lastCode(username) });
      expect(next.ChallengeName).toBe('DEVICE_SRP_AUTH');
    });

    it('does not replace the second factor by default', async () => {
      const client = new AuthClient(service, 'public', 'no-relief');
      const username = await newUser(client, 'no-relief', true);
      const sms = await client.password(username, PASSWORD);
      const { device } = await confirm(await client.respond(sms, { SMS_MFA_CODE: lastCode(username) }));
      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      expect(challenge.ChallengeName).toBe('SMS_MFA');
      const next = await client.respond(challenge, { SMS_MFA_CODE: lastCode(username) });
      const { AuthenticationResult } = await proveDevice(client, next, device);
      expect(AuthenticationResult).toBeDefined();
    });
  });

  describe('refusals', () => {
    let client: AuthClient;
    let username: string;
    let accessToken: string;
    let device: TestDevice;

    beforeEach(async () => {
      client = new AuthClient(service, 'public', 'always');
      username = await newUser(client, 'always');
      ({ device, accessToken } = await confirm(await client.password(username, PASSWORD)));
    });

    const noDevice = { name: 'ResourceNotFoundException', message: 'Device does not exist.' };

    it('name an unknown device with the message that clients expect', async () => {
      await expect(client.password(username, PASSWORD, { DEVICE_KEY: UNKNOWN_KEY })).rejects.toMatchObject(noDevice);
    });

    it('come before the second factor, and leave the SRP answer usable', async () => {
      const keyPair = createClientKeyPair();
      const start = await client.initiate('USER_SRP_AUTH', { USERNAME: username, SRP_A: keyPair.publicHex });
      const proof = srpClaim(start, keyPair, {
        realm: client.poolId.split('_')[1] ?? '',
        userId: username,
        password: PASSWORD,
      });
      await expect(client.respond(start, { ...proof, DEVICE_KEY: UNKNOWN_KEY })).rejects.toMatchObject(noDevice);
      await expect(client.respond(start, proof)).resolves.toMatchObject({
        AuthenticationResult: { NewDeviceMetadata: expect.any(Object) as object },
      });
    });

    it('apply to a wrong device password', async () => {
      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      await expect(proveDevice(client, challenge, { ...device, password: 'wrong' })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });

    it('apply to a device that answers for the password', async () => {
      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      const keyPair = createClientKeyPair();
      const verifier = await client.respond(challenge, { DEVICE_KEY: device.key, SRP_A: keyPair.publicHex });
      const proof = { realm: client.poolId.split('_')[1] ?? '', userId: username, password: device.password };
      const disguised = { ChallengeName: 'PASSWORD_VERIFIER' as const, ChallengeParameters: { USERNAME: username } };
      await expect(client.respond(disguised, srpClaim(verifier, keyPair, proof))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });

    it('apply to a device that starts a sign-in', async () => {
      const command = new RespondToAuthChallengeCommand({
        ClientId: client.clientId,
        ChallengeName: 'DEVICE_SRP_AUTH',
        ChallengeResponses: {
          USERNAME: username,
          DEVICE_KEY: device.key,
          SRP_A: createClientKeyPair().publicHex,
        },
      });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid session for the user.',
      });
    });

    it('apply to a device that was forgotten during the sign-in', async () => {
      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      await service.sdk.send(new ForgetDeviceCommand({ AccessToken: accessToken, DeviceKey: device.key }));
      await expect(proveDevice(client, challenge, device)).rejects.toMatchObject(noDevice);
    });

    it.each(['DEVICE_KEY', 'SRP_A'])('name a missing %s', async (missing) => {
      const challenge = await client.password(username, PASSWORD, { DEVICE_KEY: device.key });
      const responses: Record<string, string> = { DEVICE_KEY: device.key, SRP_A: 'abc123' };
      Reflect.deleteProperty(responses, missing);
      await expect(client.respond(challenge, responses)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: `Missing required parameter ${missing}`,
      });
    });

    it('apply to a key that is confirmed twice', async () => {
      const { verifierConfig } = createDeviceSecret(device.groupKey, device.key);
      const command = new ConfirmDeviceCommand({
        AccessToken: accessToken,
        DeviceKey: device.key,
        DeviceSecretVerifierConfig: verifierConfig,
      });
      await expect(service.sdk.send(command)).rejects.toMatchObject({ name: 'DeviceKeyExistsException' });
    });

    it('apply to a key of another user', async () => {
      const { AuthenticationResult } = await client.password(await newUser(client, 'always'), PASSWORD);
      const { verifierConfig } = createDeviceSecret(device.groupKey, device.key);
      const command = new ConfirmDeviceCommand({
        AccessToken: accessToken,
        DeviceKey: AuthenticationResult?.NewDeviceMetadata?.DeviceKey,
        DeviceSecretVerifierConfig: verifierConfig,
      });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Invalid device key given.',
      });
    });

    it.each([
      [{ PasswordVerifier: 'AQ==' }, 'Salt'],
      [{ Salt: 'AQ==' }, 'PasswordVerifier'],
      [undefined, 'PasswordVerifier'],
    ])('require a complete verifier, not %j', async (config, missing) => {
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      const command = new ConfirmDeviceCommand({
        AccessToken: AuthenticationResult?.AccessToken,
        DeviceKey: AuthenticationResult?.NewDeviceMetadata?.DeviceKey,
        DeviceSecretVerifierConfig: config,
      });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: `Missing required parameter ${missing}`,
      });
    });

    it('apply to a device that was never confirmed', async () => {
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      const { DeviceKey = '' } = AuthenticationResult?.NewDeviceMetadata ?? {};
      await expect(
        service.sdk.send(new GetDeviceCommand({ AccessToken: accessToken, DeviceKey })),
      ).rejects.toMatchObject(noDevice);
      await expect(client.password(username, PASSWORD, { DEVICE_KEY: DeviceKey })).rejects.toMatchObject(noDevice);
    });

    it.each([
      ['GetDevice', () => new GetDeviceCommand({ AccessToken: accessToken, DeviceKey: UNKNOWN_KEY })],
      ['ForgetDevice', () => new ForgetDeviceCommand({ AccessToken: accessToken, DeviceKey: UNKNOWN_KEY })],
      ['UpdateDeviceStatus', () => new UpdateDeviceStatusCommand({ AccessToken: accessToken, DeviceKey: UNKNOWN_KEY })],
      [
        'AdminGetDevice',
        () => new AdminGetDeviceCommand({ UserPoolId: client.poolId, Username: username, DeviceKey: UNKNOWN_KEY }),
      ],
      [
        'AdminForgetDevice',
        () => new AdminForgetDeviceCommand({ UserPoolId: client.poolId, Username: username, DeviceKey: UNKNOWN_KEY }),
      ],
    ])('of %s name an unknown device', async (_name, command) => {
      await expect(service.sdk.send(command() as GetDeviceCommand)).rejects.toMatchObject(noDevice);
    });

    it('require a well-formed device key', async () => {
      const command = new GetDeviceCommand({ AccessToken: accessToken, DeviceKey: 'laptop' });
      await expect(service.sdk.send(command)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message:
          "1 validation error detected: Value 'laptop' at 'deviceKey' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+",
      });
    });
  });

  it('are described, listed in pages and forgotten', async () => {
    const client = new AuthClient(service, 'public', 'always');
    const username = await newUser(client, 'always');
    const first = await confirm(await client.password(username, PASSWORD), 'laptop');
    const second = await confirm(await client.password(username, PASSWORD), 'phone');
    const { accessToken: AccessToken } = first;

    const { Device } = await service.sdk.send(new GetDeviceCommand({ AccessToken, DeviceKey: first.device.key }));
    expect(Device?.DeviceCreateDate).toBeInstanceOf(Date);
    expect(Object.fromEntries((Device?.DeviceAttributes ?? []).map(({ Name, Value }) => [Name, Value]))).toEqual({
      device_status: 'valid',
      device_name: 'laptop',
      'dev:device_arn': `arn:aws:cognito-idp:us-east-1:123456789012:owner/${username}.${client.poolId}/device/${first.device.key}`,
      'dev:device_owner': `${username}.${client.poolId}`,
      last_ip_used: '127.0.0.1',
      'dev:device_remembered_status': 'remembered',
      'dev:device_sdk': 'aws-sdk-unknown-unknown',
    });

    const page = await service.sdk.send(new ListDevicesCommand({ AccessToken, Limit: 1 }));
    expect(page.Devices?.map(({ DeviceKey }) => DeviceKey)).toEqual([first.device.key]);
    const rest = await service.sdk.send(new ListDevicesCommand({ AccessToken, PaginationToken: page.PaginationToken }));
    expect(rest.Devices?.map(({ DeviceKey }) => DeviceKey)).toEqual([second.device.key]);
    expect(rest.PaginationToken).toBeUndefined();

    const named = { UserPoolId: client.poolId, Username: username };
    await service.sdk.send(new ForgetDeviceCommand({ AccessToken, DeviceKey: first.device.key }));
    await service.sdk.send(new AdminForgetDeviceCommand({ ...named, DeviceKey: second.device.key }));
    const { Devices } = await service.sdk.send(new AdminListDevicesCommand(named));
    expect(Devices).toEqual([]);
  });

  it('are ignored if the pool does not track them', async () => {
    const client = new AuthClient(service, 'public', 'untracked');
    const username = await newUser(client, 'untracked');
    const { AuthenticationResult } = await client.password(username, PASSWORD, { DEVICE_KEY: UNKNOWN_KEY });
    expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    await expect(client.refresh(username, AuthenticationResult?.RefreshToken ?? '')).resolves.toBeDefined();
  });
});
