import { type LocalService, startLocalService } from '../local-service.js';
import { refusal } from '../wire.js';
import { byName, invalid, PASSWORD, PoolCalls } from './support.js';

const NO_EMAIL = 'No email provided but desired delivery medium was Email';
const NO_PHONE = 'No phone number provided but desired delivery medium was SMS';

let service: LocalService;

beforeAll(async () => {
  service = await startLocalService({
    pools: [
      { name: 'plain' },
      {
        name: 'codes',
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
        clients: [{ name: 'app', ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] }],
      },
      {
        name: 'sms-codes',
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } },
        clients: [{ name: 'app', ExplicitAuthFlows: ['ALLOW_USER_AUTH'] }],
      },
    ],
  });
});

afterAll(() => service.stop());

const pool = (name = 'plain') => new PoolCalls(service, name);

describe('AdminCreateUser with an address and no …_verified', () => {
  it('leaves the flag out, while SignUp sets "false"', async () => {
    const { body } = await pool().create('made', { email: 'made@example.com', phone_number: '+15550000001' });
    const attributes = byName((body['User'] as { readonly Attributes: unknown }).Attributes);
    expect(attributes).not.toHaveProperty('email_verified');
    expect(attributes).not.toHaveProperty('phone_number_verified');
    await pool().signUp('signed', { email: 'signed@example.com' });
    expect(await pool().attributes('signed')).toMatchObject({ email_verified: 'false' });
  });
});

describe('AdminCreateUser without a password in a passwordless pool', () => {
  const VERIFIED = { email: 'pass@example.com', email_verified: 'true' };

  it('confirms a user with a verified address, who signs in by EMAIL_OTP', async () => {
    const codes = pool('codes');
    expect(await codes.create('none', VERIFIED)).toMatchObject({ body: { User: { UserStatus: 'CONFIRMED' } } });
    const { body } = await codes.client('InitiateAuth', {
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'none', PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    });
    expect(body).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
    const answer = await codes.client('RespondToAuthChallenge', {
      ChallengeName: 'EMAIL_OTP',
      Session: body['Session'],
      ChallengeResponses: { USERNAME: 'none', EMAIL_OTP_CODE: codes.codeTo('pass@example.com') },
    });
    expect(answer).toMatchObject({ status: 200, body: { AuthenticationResult: { TokenType: 'Bearer' } } });
    expect(await codes.signIn('none')).toMatchObject(
      refusal('NotAuthorizedException', 'Incorrect username or password.'),
    );
  });

  it('does the same with a verified phone number and SMS_OTP', async () => {
    const verified = { phone_number: '+15550000002', phone_number_verified: 'true' };
    expect(await pool('sms-codes').create('phone', verified)).toMatchObject({
      body: { User: { UserStatus: 'CONFIRMED' } },
    });
  });

  it.each([
    ['codes', { email: 'open@example.com' }, {}],
    ['codes', { phone_number: '+15550000003', phone_number_verified: 'true' }, {}],
    ['sms-codes', { email: 'open@example.com', email_verified: 'true' }, {}],
    ['codes', { email: 'temp@example.com', email_verified: 'true' }, { TemporaryPassword: PASSWORD }],
    ['plain', { email: 'temp@example.com', email_verified: 'true' }, {}],
  ])('%s: %j with %j still needs a password', async (name, attributes, more) => {
    expect(await pool(name).create(`needs-${JSON.stringify(attributes).length}`, attributes, more)).toMatchObject({
      body: { User: { UserStatus: 'FORCE_CHANGE_PASSWORD' } },
    });
  });
});

describe('AdminCreateUser, DesiredDeliveryMediums', () => {
  it.each([
    [['EMAIL'], { phone_number: '+15550000004' }, NO_EMAIL],
    [['SMS'], { email: 'm@example.com' }, NO_PHONE],
    [['SMS', 'EMAIL'], { phone_number: '+15550000004' }, NO_EMAIL],
    [['EMAIL', 'SMS'], { email: 'm@example.com' }, NO_PHONE],
  ])('%j with %j is refused, and creates nobody', async (DesiredDeliveryMediums, attributes, message) => {
    expect(await pool().create('medium', attributes, { DesiredDeliveryMediums })).toMatchObject(invalid(message));
    expect(await pool().admin('AdminGetUser', { Username: 'medium' })).toMatchObject({ status: 400 });
  });

  it('does not matter when no message is sent', async () => {
    const silent = { DesiredDeliveryMediums: ['EMAIL'], MessageAction: 'SUPPRESS' };
    expect(await pool().create('silent', {}, silent)).toMatchObject({ status: 200 });
  });

  it('left out: SMS, or none for a user without a phone number', async () => {
    await pool().create('by-sms', { phone_number: '+15550000005', email: 'by-sms@example.com' });
    expect(pool().codeTo('+15550000005')).not.toBe('');
    expect(pool().codeTo('by-sms@example.com')).toBe('');
    expect(await pool().create('by-none', { email: 'by-none@example.com' })).toMatchObject({ status: 200 });
    expect(pool().codeTo('by-none@example.com')).toBe('');
  });

  it('is checked for RESEND too', async () => {
    await pool().create('again', { email: 'again@example.com' });
    const resend = { MessageAction: 'RESEND', DesiredDeliveryMediums: ['SMS'] };
    expect(await pool().create('again', {}, resend)).toMatchObject(invalid(NO_PHONE));
    const other = { ...resend, DesiredDeliveryMediums: ['EMAIL'] };
    expect(await pool().create('again', {}, other)).toMatchObject({ status: 200 });
    expect(await pool().signIn('again', pool().codeTo('again@example.com'))).toMatchObject({
      body: { ChallengeName: 'NEW_PASSWORD_REQUIRED' },
    });
  });
});
