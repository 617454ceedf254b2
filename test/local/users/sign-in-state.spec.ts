import { type LocalService, startLocalService } from '../local-service.js';
import { refusal } from '../wire.js';
import { invalid, PASSWORD, PoolCalls } from './support.js';

const SRP_A = 'ab'.repeat(384);
const UNCONFIRMED = refusal('UserNotConfirmedException', 'User is not confirmed.');
const INCORRECT = refusal('NotAuthorizedException', 'Incorrect username or password.');
const NO_CHANNEL = invalid(
  'Cannot reset password for the user as there is no registered/verified email or phone_number',
);
const BOTH = { email: 'both@example.com', phone_number: '+15550000001' };

let service: LocalService;

beforeAll(async () => {
  const recovery = (...names: ('verified_email' | 'verified_phone_number')[]) => ({
    RecoveryMechanisms: names.map((Name, index) => ({ Name, Priority: index + 1 })),
  });
  const mfa = {
    MfaConfiguration: 'OPTIONAL' as const,
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
  };
  const users = [{ username: 'both', password: PASSWORD, attributes: BOTH }];
  service = await startLocalService({
    pools: [
      {
        name: 'plain',
        Schema: [{ Name: 'name', Required: true }],
        clients: [
          {
            name: 'app',
            ExplicitAuthFlows: [
              'ALLOW_USER_SRP_AUTH',
              'ALLOW_USER_PASSWORD_AUTH',
              'ALLOW_ADMIN_USER_PASSWORD_AUTH',
              'ALLOW_USER_AUTH',
              'ALLOW_REFRESH_TOKEN_AUTH',
            ],
          },
        ],
        users: [
          { username: 'ann', password: PASSWORD, attributes: { name: 'Ann', email: 'ann@example.com' } },
          { username: 'gone', password: PASSWORD, attributes: { name: 'Gone', email: 'gone@example.com' } },
          {
            username: 'off',
            password: PASSWORD,
            enabled: false,
            attributes: { name: 'Off', email: 'off@example.com' },
          },
          { username: 'open', password: PASSWORD, status: 'UNCONFIRMED', attributes: { name: 'Open' } },
          { username: 'invited', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' },
        ],
        groups: [{ name: 'late', precedence: 9 }, { name: 'none' }, { name: 'early', precedence: 1 }],
      },
      {
        name: 'phone-first',
        AccountRecoverySetting: recovery('verified_phone_number', 'verified_email'),
        users,
        ...mfa,
      },
      { name: 'phone-only', AccountRecoverySetting: recovery('verified_phone_number'), users, ...mfa },
    ],
  });
});

afterAll(() => service.stop());

const pool = (name = 'plain') => new PoolCalls(service, name);
const initiate = (AuthFlow: string, AuthParameters: object) =>
  pool().client('InitiateAuth', { AuthFlow, AuthParameters });

describe('an UNCONFIRMED user', () => {
  it.each([
    ['USER_SRP_AUTH', { SRP_A }],
    ['USER_PASSWORD_AUTH', { PASSWORD }],
    ['USER_PASSWORD_AUTH', { PASSWORD: 'Wrong-Horse-9' }],
    ['USER_AUTH', { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Wrong-Horse-9' }],
    ['USER_AUTH', { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A }],
  ])('is told at InitiateAuth: %s %j', async (flow, parameters) => {
    expect(await initiate(flow, { USERNAME: 'open', ...parameters })).toMatchObject(UNCONFIRMED);
  });

  it('is told in the privileged flow', async () => {
    const ClientId = service.cognito.pool('plain').client().id;
    const AuthParameters = { USERNAME: 'open', PASSWORD: 'Wrong-Horse-9' };
    const input = { ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters };
    expect(await pool().admin('AdminInitiateAuth', input)).toMatchObject(UNCONFIRMED);
  });

  it('gets no recovery code without a verified address', async () => {
    expect(await pool().client('ForgotPassword', { Username: 'open' })).toMatchObject(NO_CHANNEL);
  });
});

describe('a flow of the other kind', () => {
  const unsupported = invalid('Initiate Auth method not supported.');

  it.each(['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'])('InitiateAuth with %s is refused', async (flow) => {
    expect(await initiate(flow, { USERNAME: 'ann', PASSWORD })).toMatchObject(unsupported);
  });

  it('AdminInitiateAuth with USER_PASSWORD_AUTH is refused', async () => {
    const ClientId = service.cognito.pool('plain').client().id;
    const input = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ann', PASSWORD } };
    expect(await pool().admin('AdminInitiateAuth', input)).toMatchObject(unsupported);
  });
});

describe('the status of a user', () => {
  it.each([
    ['AdminResetUserPassword', 'off', refusal('NotAuthorizedException', 'User is disabled')],
    [
      'AdminResetUserPassword',
      'open',
      refusal('NotAuthorizedException', 'User password cannot be reset in the current state.'),
    ],
    [
      'AdminResetUserPassword',
      'invited',
      refusal('NotAuthorizedException', 'User password cannot be reset in the current state.'),
    ],
    [
      'AdminConfirmSignUp',
      'ann',
      refusal('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'),
    ],
    ['AdminGetUser', 'nobody', refusal('UserNotFoundException', 'User does not exist.')],
  ])('%s of %s', async (operation, Username, refused) => {
    expect(await pool().admin(operation, { Username })).toMatchObject(refused);
  });

  it.each([
    ['ForgotPassword', 'off', refusal('NotAuthorizedException', 'User is disabled.')],
    [
      'ForgotPassword',
      'invited',
      refusal('NotAuthorizedException', 'User password cannot be reset in the current state.'),
    ],
    ['ResendConfirmationCode', 'ann', invalid('User is already confirmed.')],
    ['ForgotPassword', 'nobody', refusal('UserNotFoundException', 'Username/client id combination not found.')],
    ['ResendConfirmationCode', 'nobody', refusal('UserNotFoundException', 'Username/client id combination not found.')],
  ])('%s of %s', async (operation, Username, refused) => {
    expect(await pool().client(operation, { Username })).toMatchObject(refused);
  });

  it('refuses the same ConfirmSignUp twice', async () => {
    await pool().signUp('twice', { name: 'Twice', email: 'twice@example.com' });
    const input = { Username: 'twice', ConfirmationCode: pool().codeTo('twice@example.com') };
    expect(await pool().client('ConfirmSignUp', input)).toMatchObject({ status: 200 });
    expect(await pool().client('ConfirmSignUp', input)).toMatchObject(
      refusal('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'),
    );
  });

  it('ends the sign-ins of a disabled user for good', async () => {
    const { body } = await pool().signIn('gone');
    const { RefreshToken: REFRESH_TOKEN } = body['AuthenticationResult'] as { readonly RefreshToken: string };
    await pool().admin('AdminDisableUser', { Username: 'gone' });
    expect(await pool().signIn('gone')).toMatchObject(refusal('NotAuthorizedException', 'User is disabled.'));
    expect(await pool().signIn('gone', 'Wrong-Horse-9')).toMatchObject(INCORRECT);
    await pool().admin('AdminEnableUser', { Username: 'gone' });
    expect(await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN })).toMatchObject(
      refusal('NotAuthorizedException', 'Refresh Token has been revoked'),
    );
  });
});

describe('challenge parameters', () => {
  it('of NEW_PASSWORD_REQUIRED name the user, the attributes and the missing ones', async () => {
    const { body } = await pool().signIn('invited');
    expect(body).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: {
        USER_ID_FOR_SRP: 'invited',
        userAttributes: '{}',
        requiredAttributes: '["userAttributes.name"]',
      },
    });
  });

  it('of SMS_MFA name the user and where the code went', async () => {
    const phone = pool('phone-first');
    await phone.admin('AdminSetUserMFAPreference', { Username: 'both', SMSMfaSettings: { Enabled: true } });
    const { body } = await phone.signIn('both');
    expect(body).toMatchObject({
      ChallengeName: 'SMS_MFA',
      ChallengeParameters: {
        USER_ID_FOR_SRP: 'both',
        CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
        CODE_DELIVERY_DESTINATION: '+*******0001',
      },
    });
  });
});

describe('recovery of a password', () => {
  const forgot = async (name: string) => (await pool(name).client('ForgotPassword', { Username: 'both' })).body;
  const smsMfa = (name: string, Enabled: boolean) =>
    pool(name).admin('AdminSetUserMFAPreference', { Username: 'both', SMSMfaSettings: { Enabled } });

  it('skips the channel of the second factor', async () => {
    await smsMfa('phone-first', false);
    expect(await forgot('phone-first')).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: 'SMS' } });
    await smsMfa('phone-first', true);
    expect(await forgot('phone-first')).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' } });
  });

  it('is refused when no other channel is left', async () => {
    await smsMfa('phone-only', true);
    expect(await pool('phone-only').client('ForgotPassword', { Username: 'both' })).toMatchObject(NO_CHANNEL);
  });
});

describe('a user in answers', () => {
  it('has no MFA lists while there is no MFA', async () => {
    const { body } = await pool().admin('AdminGetUser', { Username: 'ann' });
    expect(body).not.toHaveProperty('UserMFASettingList');
    expect(body).not.toHaveProperty('PreferredMfaSetting');
    expect(body).not.toHaveProperty('MFAOptions');
    const self = await pool().self('ann', 'GetUser');
    expect(self.body).not.toHaveProperty('UserMFASettingList');
  });

  it('lists its groups by precedence, and loses a deleted one', async () => {
    const names = async () => {
      const { body } = await pool().admin('AdminListGroupsForUser', { Username: 'ann' });
      return (body['Groups'] as readonly { readonly GroupName: string }[]).map(({ GroupName }) => GroupName);
    };
    for (const GroupName of ['late', 'none', 'early', 'late']) {
      await pool().admin('AdminAddUserToGroup', { Username: 'ann', GroupName });
    }
    expect(await names()).toEqual(['early', 'late', 'none']);
    await pool().admin('DeleteGroup', { GroupName: 'late' });
    expect(await names()).toEqual(['early', 'none']);
    await pool().admin('CreateGroup', { GroupName: 'late' });
    expect(await names()).toEqual(['early', 'none']);
  });
});

describe('limits of an hour', () => {
  const EXCEEDED = refusal('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

  it.each([
    ['ConfirmSignUp', 15, { ConfirmationCode: '000' }],
    ['ResendConfirmationCode', 5, {}],
  ])('%s: %i', async (operation, limit, input) => {
    const Username = `limit-${operation}`;
    await pool().signUp(Username, { name: 'Limit', email: 'limit@example.com' });
    for (let count = 0; count < limit; count++) {
      expect((await pool().client(operation, { Username, ...input })).body['__type']).not.toBe(
        'LimitExceededException',
      );
    }
    expect(await pool().client(operation, { Username, ...input })).toMatchObject(EXCEEDED);
    service.pass(3_600_000);
    expect((await pool().client(operation, { Username, ...input })).body['__type']).not.toBe('LimitExceededException');
  });

  it.each([
    ['ChangePassword', 5, { PreviousPassword: 'Wrong-Horse-9', ProposedPassword: 'Other-Horse-9' }],
    ['GetUserAttributeVerificationCode', 5, { AttributeName: 'email' }],
    ['VerifyUserAttribute', 15, { AttributeName: 'email', Code: '000' }],
  ])('%s: %i', async (operation, limit, input) => {
    for (let count = 0; count < limit; count++) {
      expect((await pool().self('ann', operation, input)).body['__type']).not.toBe('LimitExceededException');
    }
    expect(await pool().self('ann', operation, input)).toMatchObject(EXCEEDED);
  });
});

describe('masked destinations', () => {
  it.each([
    ['emily.long@sub.example.com', 'e***@s***'],
    ['x@y.org', 'x***@y***'],
  ])('%s', async (email, Destination) => {
    const { body } = await pool().signUp(`mask-${email.length}`, { name: 'Mask', email });
    expect(body).toMatchObject({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination },
    });
  });
});
