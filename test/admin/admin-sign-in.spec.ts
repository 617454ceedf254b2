import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import { CHOICE, CUSTOM, DEVICES, FAMILY_NAMES, OPTIONAL_MFA, REQUIRED_MFA } from '../user/factor-pools.js';
import { authenticatorCode, rememberDevice, signIn, withSoftwareToken } from '../user/factors.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, tokensOf, World } from '../user/world.js';

describe.each(CLIENT_KINDS)('privileged sign-in by a %s client', (kind) => {
  let world: World;

  beforeAll(async () => {
    world = await World.start([OPTIONAL_MFA, REQUIRED_MFA, CHOICE, CUSTOM, FAMILY_NAMES, DEVICES]);
  });

  afterAll(() => world.stop());

  /** The services of a pool, those of a second instance, and a user of the pool. */
  const scene = (pool: string) => {
    const { service, admin } = world.services(pool, kind);
    const other = world.services(pool, kind).admin;
    return { service, admin, other, person: residentOf(pool) };
  };

  const residentOf = (pool: string): Person =>
    world.resident(pool, ({ phone }) => ({ phone_number: phone, family_name: 'Doe' }));

  const withPassword = (admin: CognitoAdminService, { login: username }: Person) =>
    admin.authenticate({ username, password: PASSWORD });

  it.each(['ADMIN_USER_PASSWORD_AUTH', 'USER_SRP_AUTH'] as const)('%s', async (flow) => {
    const { admin, service, person } = scene('choice');
    const request = { flow, username: person.login };

    const { accessToken } = tokensOf(await admin.authenticate({ ...request, password: PASSWORD }));

    await expect(service.verifyToken(accessToken)).resolves.toMatchObject({ username: person.username });
    await expect(admin.authenticate({ ...request, password: 'Wrong-Horse-9' })).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
    });
  });

  it('has no USER_PASSWORD_AUTH, which Cognito refuses', async () => {
    const { admin, person } = scene('choice');
    const request = { flow: 'USER_PASSWORD_AUTH', username: person.login, password: PASSWORD };

    await expect(admin.authenticate(request as never)).rejects.toMatchObject({
      message: expect.stringContaining('Initiate Auth method not supported.') as string,
    });
  });

  it('is rejected by CognitoService', async () => {
    const { service, person } = scene('choice');
    const request = { flow: 'ADMIN_USER_PASSWORD_AUTH', username: person.login, password: PASSWORD };

    await expect(service.authenticate(request as never)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  describe('answers on another instance', () => {
    it('NEW_PASSWORD_REQUIRED', async () => {
      const { admin, other } = scene('family-names');
      const { username, email } = world.somebody('family-names');
      await admin.createUser({ username, temporaryPassword: 'Temporary-9', attributes: { email } });
      const outcome = await admin.authenticate({ username, password: 'Temporary-9' });
      const challenge = throughJson(challengeOf(outcome, 'NEW_PASSWORD_REQUIRED'));
      expect(challenge.parameters.requiredAttributes).toEqual(['family_name']);

      const answer = { password: PASSWORD, attributes: { family_name: 'Doe' } };

      tokensOf(await other.respondToChallenge(challenge, answer));
    });

    it('SELECT_MFA_TYPE, then SMS_MFA', async () => {
      const { admin, other, person } = scene('optional');
      const factors = { sms: { enabled: true }, email: { enabled: true } };
      await admin.mfa.setPreference({ username: person.username, ...factors });
      const choice = throughJson(challengeOf(await withPassword(admin, person), 'SELECT_MFA_TYPE'));

      const sent = challengeOf(await other.respondToChallenge(choice, { mfaType: 'SMS_MFA' }), 'SMS_MFA');

      tokensOf(await admin.respondToChallenge(throughJson(sent), { code: world.code(person.phone) }));
    });

    it('EMAIL_OTP', async () => {
      const { admin, other, person } = scene('optional');
      await admin.mfa.setPreference({ username: person.username, email: { enabled: true } });
      const challenge = throughJson(challengeOf(await withPassword(admin, person), 'EMAIL_OTP'));

      await expect(other.respondToChallenge(challenge, { code: '000000x' })).rejects.toMatchObject({
        code: 'CODE_MISMATCH',
      });
      tokensOf(await other.respondToChallenge(challenge, { code: world.code(person.email) }));
    });

    it('SOFTWARE_TOKEN_MFA', async () => {
      const { admin, other, person, service } = scene('optional');
      const secret = await withSoftwareToken(world, service, await signIn(service, person));
      world.pass(30_000);
      const challenge = throughJson(challengeOf(await withPassword(admin, person), 'SOFTWARE_TOKEN_MFA'));

      tokensOf(await other.respondToChallenge(challenge, { code: authenticatorCode(world, secret) }));
    });

    it('MFA_SETUP', async () => {
      const { admin, other, service } = scene('required');
      const { username } = world.somebody('required');
      world.cognito.pool('required').createUser({ username, password: PASSWORD });
      const asked = challengeOf(await admin.authenticate({ username, password: PASSWORD }), 'MFA_SETUP');
      const { secretCode, challenge = asked } = await service.mfa.associateSoftwareToken({ challenge: asked });

      tokensOf(await other.respondToChallenge(throughJson(challenge), { code: authenticatorCode(world, secretCode) }));
    });

    it.each([
      ['without SRP', undefined],
      ['with SRP', PASSWORD],
    ])('CUSTOM_CHALLENGE %s', async (_, password) => {
      const { admin, other, person } = scene('custom');
      const outcome = await admin.authenticate({ flow: 'CUSTOM_AUTH', username: person.login, password });
      const challenge = throughJson(challengeOf(outcome, 'CUSTOM_CHALLENGE'));

      tokensOf(await other.respondToChallenge(challenge, { answer: 'piano' }));
    });

    it('SELECT_CHALLENGE, then a code', async () => {
      const { admin, other, person } = scene('choice');
      const outcome = await admin.authenticate({ flow: 'USER_AUTH', username: person.login });
      const choice = throughJson(challengeOf(outcome, 'SELECT_CHALLENGE'));

      const sent = challengeOf(await other.respondToChallenge(choice, { factor: 'SMS_OTP' }), 'SMS_OTP');

      tokensOf(await admin.respondToChallenge(throughJson(sent), { code: world.code(person.phone) }));
    });
  });

  it('proves a remembered device and drops a forgotten one', async () => {
    const { admin, service, person } = scene('devices');
    const device = await rememberDevice(service, person);
    await admin.mfa.setPreference({ username: person.username, sms: { enabled: true } });
    const request = { username: person.login, password: PASSWORD, device };

    tokensOf(await admin.authenticate(request));
    await admin.devices.forget({ username: person.username, deviceKey: device.key });

    const outcome = await admin.authenticate(request);
    expect(outcome.forgottenDeviceKey).toBe(device.key);
    challengeOf(outcome, 'SMS_MFA');
  });
});

function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
