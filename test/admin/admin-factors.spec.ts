import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { DEVICES_WITH_CONSENT, OPTIONAL_MFA } from '../user/factor-pools.js';
import { rememberDevice, signIn, withSoftwareToken } from '../user/factors.js';
import { trackSessions } from '../user/track-sessions.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, tokensOf, World } from '../user/world.js';
import { all } from './all.js';

describe.each(CLIENT_KINDS)('administrators, for users of a %s client,', (kind) => {
  let world: World;

  beforeAll(async () => {
    world = await World.start([OPTIONAL_MFA, DEVICES_WITH_CONSENT, { name: 'tracked' }]);
    await trackSessions(world, 'tracked');
  });

  afterAll(() => world.stop());

  const resident = (pool: string): Person => world.resident(pool, ({ phone }) => ({ phone_number: phone }));

  describe('second factors', () => {
    let service: CognitoService;
    let admin: CognitoAdminService;

    beforeAll(() => {
      ({ service, admin } = world.services('optional', kind));
    });

    it('are enabled and preferred', async () => {
      const person = resident('optional');
      const { username } = person;

      await admin.mfa.setPreference({ username, sms: { enabled: true }, email: { enabled: true, preferred: true } });

      challengeOf(await service.authenticate({ username, password: PASSWORD }), 'EMAIL_OTP');
      await expect(admin.mfa.factors(username)).resolves.toEqual({
        username,
        configured: ['PASSWORD'],
        mfa: expect.arrayContaining(['SMS_MFA', 'EMAIL_OTP']) as string[],
        preferredMfa: 'EMAIL_OTP',
      });
      await expect(admin.getUser(username)).resolves.toMatchObject({ preferredMfa: 'EMAIL_OTP' });
    });

    it('no longer include a removed authenticator app', async () => {
      const person = resident('optional');
      await withSoftwareToken(world, service, await signIn(service, person));
      const authenticate = () => service.authenticate({ username: person.login, password: PASSWORD });
      challengeOf(await authenticate(), 'SOFTWARE_TOKEN_MFA');

      await admin.mfa.deleteSoftwareToken(person.username);

      tokensOf(await authenticate());
      await expect(admin.mfa.factors(person.username)).resolves.toMatchObject({ configured: ['PASSWORD'], mfa: [] });
    });

    it.each<[string, () => Promise<unknown>]>([
      ['setPreference', () => admin.mfa.setPreference({ username: 'nobody', sms: { enabled: true } })],
      ['factors', () => admin.mfa.factors('nobody')],
      ['deleteSoftwareToken', () => admin.mfa.deleteSoftwareToken('nobody')],
    ])('of an unknown user are rejected: %s', async (_, call) => {
      await expect(call()).rejects.toMatchObject({ code: 'USER_NOT_FOUND', status: 404 });
    });
  });

  it('devices are listed, remembered and forgotten', async () => {
    const { service, admin } = world.services('consent', kind);
    const person = resident('consent');
    const { username } = person;
    const device = await rememberDevice(service, person);
    await admin.mfa.setPreference({ username, sms: { enabled: true } });
    const request = { username, deviceKey: device.key };
    const onDevice = () => service.authenticate({ username, password: PASSWORD, device });
    challengeOf(await onDevice(), 'SMS_MFA');

    await admin.devices.remember(request);
    tokensOf(await onDevice());
    await expect(admin.devices.get(request)).resolves.toMatchObject({ key: device.key, remembered: true });

    await admin.devices.doNotRemember(request);
    challengeOf(await onDevice(), 'SMS_MFA');
    await expect(all(admin.devices.list(username))).resolves.toMatchObject([{ key: device.key, remembered: false }]);

    await admin.devices.forget(request);
    await expect(all(admin.devices.list(username))).resolves.toEqual([]);
    await expect(admin.devices.get(request)).rejects.toMatchObject({ code: 'DEVICE_NOT_FOUND' });
  });

  it('sessions are listed and ended one by one', async () => {
    const { service, admin } = world.services('tracked', kind);
    const person = resident('tracked');
    const { username } = person;
    const lost = await signIn(service, person);
    const [session] = await all(admin.sessions.list(username));
    const kept = await signIn(service, person);

    await admin.sessions.revoke({ username, sessionId: session?.id ?? '' });

    await expect(service.getUser(lost.accessToken)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REVOKED' });
    await expect(service.getUser(kept.accessToken)).resolves.toMatchObject({ username });
    const left = await all(admin.sessions.list(username));
    expect(left.map(({ id }) => id)).toHaveLength(1);
    await expect(admin.sessions.revoke({ username, sessionId: session?.id ?? '' })).rejects.toMatchObject({
      code: 'USER_SESSION_NOT_FOUND',
    });
  });
});
