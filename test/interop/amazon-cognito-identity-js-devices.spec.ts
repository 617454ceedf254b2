import { AdminForgetDeviceCommand, AdminListDevicesCommand } from '@aws-sdk/client-cognito-identity-provider';

import { createUser } from '../local/create-user.js';
import { type LocalService, startLocalService } from '../local/local-service.js';
import { type LibraryUser, poolOf, useIdentityJs } from './identity-js-steps.js';
import type { Session } from './peers/amazon-cognito-identity-js.mjs';

const PASSWORD = 'Correct-Horse-9';
const PHONE = '+15555550134';
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };
const MFA = { mfa: { MfaConfiguration: 'ON' as const, ...SMS } };

describe('devices of amazon-cognito-identity-js against the embedded Cognito', () => {
  const library = useIdentityJs();
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        { name: 'always', ...MFA, DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } },
        {
          name: 'on-prompt',
          ...MFA,
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
        },
        {
          name: 'emails',
          ...MFA,
          UsernameAttributes: ['email'],
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
          users: [{ username: 'eve@example.com', password: PASSWORD, attributes: { phone_number: PHONE } }],
        },
      ],
    });
  });

  afterAll(() => service.stop());

  const libraryUser = (pool: string, username: string) => library.user(poolOf(service, pool), username);

  /** The first sign-in on a device: with a code by SMS, after which the library confirms the device by itself. */
  async function firstSignIn(pool: string, username: string) {
    const user = libraryUser(pool, username);
    expect(await user.authenticateUser(PASSWORD)).toMatchObject({ name: 'mfaRequired' });
    const code = service.cognito.outbox.latest({ to: PHONE })?.code ?? '';
    const done = await user.sendMFACode(code);
    service.cognito.outbox.clear();
    return { user, ...done };
  }

  const newUser = (pool: string) => createUser(service, pool, PASSWORD, { phone_number: PHONE });

  const deviceOf = (session: Session | undefined): unknown => session?.accessToken.payload['device_key'];

  async function listed(user: LibraryUser): Promise<string[]> {
    const { Devices } = await user.listDevices(60);
    return Devices.map(({ DeviceKey }) => DeviceKey);
  }

  it('signs in again on the same device without a second factor', async () => {
    const username = await newUser('always');
    const first = await firstSignIn('always', username);
    expect(first.deviceConfirmationNecessary).toBe(false);

    const again = await libraryUser('always', username).authenticateUser(PASSWORD);
    expect(again.name).toBe('signedIn');
    expect(deviceOf(again.session)).toBe(deviceOf(first.session));
    expect(service.cognito.outbox.latest({ username })).toBeUndefined();
  });

  it('does so for people who sign in with their e-mail address', async () => {
    await firstSignIn('emails', 'eve@example.com');
    const again = await libraryUser('emails', 'eve@example.com').authenticateUser(PASSWORD);
    expect(again.name).toBe('signedIn');
  });

  it('renews tokens with the device key', async () => {
    const { user, session } = await firstSignIn('always', await newUser('always'));
    const renewed = await user.refreshSession(session?.refreshToken ?? '');
    expect(deviceOf(renewed)).toBe(deviceOf(session));
  });

  it('remembers a device when the user says so', async () => {
    const username = await newUser('on-prompt');
    const { user, deviceConfirmationNecessary } = await firstSignIn('on-prompt', username);
    expect(deviceConfirmationNecessary).toBe(true);
    expect(await libraryUser('on-prompt', username).authenticateUser(PASSWORD)).toMatchObject({ name: 'mfaRequired' });

    await expect(user.setDeviceStatusRemembered()).resolves.toBe('SUCCESS');
    expect(await libraryUser('on-prompt', username).authenticateUser(PASSWORD)).toMatchObject({ name: 'signedIn' });

    await user.setDeviceStatusNotRemembered();
    expect(await libraryUser('on-prompt', username).authenticateUser(PASSWORD)).toMatchObject({ name: 'mfaRequired' });
  });

  it('shows, lists and forgets its device', async () => {
    const username = await newUser('always');
    const { user, session } = await firstSignIn('always', username);
    const key = deviceOf(session);
    await expect(user.getDevice()).resolves.toMatchObject({ Device: { DeviceKey: key } });
    await expect(listed(user)).resolves.toEqual([key]);

    await expect(user.forgetDevice()).resolves.toBe('SUCCESS');
    await expect(listed(user)).resolves.toEqual([]);
    expect(await libraryUser('always', username).authenticateUser(PASSWORD)).toMatchObject({ name: 'mfaRequired' });
  });

  it('starts over when an administrator has forgotten the device', async () => {
    const username = await newUser('always');
    const { session } = await firstSignIn('always', username);
    const named = { UserPoolId: service.cognito.pool('always').id, Username: username };
    const DeviceKey = String(deviceOf(session));
    await service.sdk.send(new AdminForgetDeviceCommand({ ...named, DeviceKey }));

    const second = await firstSignIn('always', username);
    expect(deviceOf(second.session)).not.toBe(DeviceKey);
    const { Devices } = await service.sdk.send(new AdminListDevicesCommand(named));
    expect(Devices).toHaveLength(1);
  });
});
