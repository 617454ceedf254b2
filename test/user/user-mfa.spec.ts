import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { MfaType } from '../../lib/protocol/challenge.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { OPTIONAL_MFA, REQUIRED_MFA } from './factor-pools.js';
import { authenticatorCode, signIn, withSoftwareToken } from './factors.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, tokensOf, World } from './world.js';

describe.each(CLIENT_KINDS)('second factors through a %s client', (kind) => {
  let world: World;
  let cognito: CognitoService;
  let required: CognitoService;

  beforeAll(async () => {
    world = await World.start([OPTIONAL_MFA, REQUIRED_MFA]);
    cognito = world.services('optional', kind).service;
    required = world.services('required', kind).service;
  });

  afterAll(() => world.stop());

  const signedIn = async (): Promise<Person & TokenSet> => {
    const person = world.resident('optional', ({ phone }) => ({ phone_number: phone }));
    return { ...person, ...(await signIn(cognito, person)) };
  };

  /** The second factor that a sign-in asks for. */
  const askedFor = async ({ login }: Person): Promise<string> => {
    const outcome = await cognito.authenticate({ username: login, password: PASSWORD });
    return outcome.status === 'CHALLENGE' ? outcome.challenge.name : 'nothing';
  };

  describe('an authenticator app', () => {
    it('has a URI that contains the issuer and the account', async () => {
      const { accessToken, username, email } = await signedIn();

      const plain = await cognito.mfa.associateSoftwareToken({ accessToken });
      const named = await cognito.mfa.associateSoftwareToken({ accessToken, issuer: 'Acme & Co', account: email });

      expect(plain.otpauthUri).toContain(`/us-east-1_`);
      expect(plain.otpauthUri).toContain(`:${username}?secret=${plain.secretCode}&`);
      const uri = new URL(named.otpauthUri);
      expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
      expect(decodeURIComponent(uri.pathname)).toBe(`/Acme & Co:${email}`);
      expect(Object.fromEntries(uri.searchParams)).toEqual({ secret: named.secretCode, issuer: 'Acme & Co' });
      expect(named.secretCode).not.toBe(plain.secretCode);
    });

    it('is not set up with a wrong code', async () => {
      const { accessToken } = await signedIn();
      const { secretCode } = await cognito.mfa.associateSoftwareToken({ accessToken });
      const code = authenticatorCode(world, secretCode) === '000000' ? '000001' : '000000';

      await expect(cognito.mfa.verifySoftwareToken({ accessToken, code })).rejects.toMatchObject({
        code: 'SOFTWARE_TOKEN_NOT_ENABLED',
        status: 400,
      });
    });

    it('is asked for only while it is enabled', async () => {
      const person = await signedIn();
      const { accessToken } = person;
      const { secretCode } = await cognito.mfa.associateSoftwareToken({ accessToken });
      await cognito.mfa.verifySoftwareToken({ accessToken, code: authenticatorCode(world, secretCode) });
      await expect(askedFor(person)).resolves.toBe('nothing');

      await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true } });
      await expect(askedFor(person)).resolves.toBe('SOFTWARE_TOKEN_MFA');

      await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: false } });
      await expect(askedFor(person)).resolves.toBe('nothing');
    });

    it('has codes that are valid once', async () => {
      const person = await signedIn();
      const secret = await withSoftwareToken(world, cognito, person);
      world.pass(30_000);
      const code = authenticatorCode(world, secret);
      const ask = async () =>
        challengeOf(await cognito.authenticate({ username: person.login, password: PASSWORD }), 'SOFTWARE_TOKEN_MFA');

      tokensOf(await cognito.respondToChallenge(await ask(), { code }));

      await expect(cognito.respondToChallenge(await ask(), { code })).rejects.toMatchObject({ code: 'CODE_USED' });
    });
  });

  describe('a preference', () => {
    it.each<[MfaType, 'sms' | 'email' | 'softwareToken']>([
      ['SMS_MFA', 'sms'],
      ['EMAIL_OTP', 'email'],
      ['SOFTWARE_TOKEN_MFA', 'softwareToken'],
    ])('for %s is what the next sign-in asks for', async (name, factor) => {
      const person = await signedIn();
      const { accessToken } = person;
      await withSoftwareToken(world, cognito, person);
      await cognito.mfa.setPreference({ accessToken, sms: { enabled: true }, email: { enabled: true } });
      await expect(askedFor(person)).resolves.toBe('SELECT_MFA_TYPE');

      await cognito.mfa.setPreference({ accessToken, [factor]: { enabled: true, preferred: true } });

      await expect(askedFor(person)).resolves.toBe(name);
      await expect(cognito.getUser(accessToken)).resolves.toMatchObject({
        mfa: expect.arrayContaining(['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA']) as string[],
        preferredMfa: name,
      });
    });

    it('does not change omitted factors', async () => {
      const person = await signedIn();
      const { accessToken } = person;
      await cognito.mfa.setPreference({ accessToken, sms: { enabled: true, preferred: true } });

      await cognito.mfa.setPreference({ accessToken, email: { enabled: true } });

      await expect(askedFor(person)).resolves.toBe('SMS_MFA');
    });

    it.each([
      [
        'two preferred factors',
        { sms: { enabled: true, preferred: true }, email: { enabled: true, preferred: true } },
        'PARAMETER_INVALID',
      ],
      ['a factor that is not set up', { softwareToken: { enabled: true } }, 'MFA_FACTOR_NOT_SET_UP'],
      ['a preferred factor that is off', { sms: { enabled: false, preferred: true } }, 'PARAMETER_INVALID'],
    ])('for %s is rejected', async (_, preference, code) => {
      const { accessToken } = await signedIn();

      await expect(cognito.mfa.setPreference({ accessToken, ...preference })).rejects.toMatchObject({ code });
    });
  });

  it('returns the factors of a user', async () => {
    const person = await signedIn();
    const { accessToken, username } = person;
    await expect(cognito.mfa.factors(accessToken)).resolves.toEqual({ username, configured: ['PASSWORD'], mfa: [] });

    await withSoftwareToken(world, cognito, person);
    await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });

    await expect(cognito.mfa.factors(accessToken)).resolves.toEqual({
      username,
      configured: ['PASSWORD', 'SOFTWARE_TOKEN'],
      mfa: ['SOFTWARE_TOKEN_MFA'],
      preferredMfa: 'SOFTWARE_TOKEN_MFA',
    });
  });

  describe('in a pool that requires one', () => {
    const newcomer = async () => {
      const { username, email } = world.somebody('required');
      world.cognito.pool('required').createUser({ username, password: PASSWORD });
      const authenticate = () => required.authenticate({ username, password: PASSWORD });
      return { username, email, authenticate, challenge: challengeOf(await authenticate(), 'MFA_SETUP') };
    };

    it('an authenticator app is set up during the sign-in and asked for at the next', async () => {
      const { authenticate, challenge } = await newcomer();
      const setup = await required.mfa.associateSoftwareToken({ challenge, issuer: 'Acme' });
      const answer = { code: authenticatorCode(world, setup.secretCode), deviceName: 'my phone' };

      tokensOf(await required.respondToChallenge(setup.challenge ?? challenge, answer));

      world.pass(30_000);
      const next = challengeOf(await authenticate(), 'SOFTWARE_TOKEN_MFA');
      expect(next.parameters.deviceName).toBe('my phone');
      tokensOf(await required.respondToChallenge(next, { code: authenticatorCode(world, setup.secretCode) }));
    });

    it('the right first code is accepted after a wrong one', async () => {
      const { challenge } = await newcomer();
      const setup = await required.mfa.associateSoftwareToken({ challenge });
      const code = authenticatorCode(world, setup.secretCode);
      const ready = setup.challenge ?? challenge;

      await expect(
        required.respondToChallenge(ready, { code: code === '000000' ? '000001' : '000000' }),
      ).rejects.toMatchObject({ code: 'SOFTWARE_TOKEN_NOT_ENABLED' });

      tokensOf(await required.respondToChallenge(ready, { code }));
    });

    it('an e-mail address is set up during the sign-in and asked for at the next', async () => {
      const { authenticate, challenge, email } = await newcomer();

      const sent = challengeOf(await required.respondToChallenge(challenge, { email }), 'EMAIL_OTP');
      tokensOf(await required.respondToChallenge(sent, { code: world.code(email) }));

      const next = challengeOf(await authenticate(), 'EMAIL_OTP');
      const { accessToken } = tokensOf(await required.respondToChallenge(next, { code: world.code(email) }));
      await expect(required.getUser(accessToken)).resolves.toMatchObject({
        attributes: { email, email_verified: true },
        mfa: ['EMAIL_OTP'],
      });
    });
  });
});
