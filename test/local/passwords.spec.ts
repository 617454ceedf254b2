import { secretHash } from '../../lib/protocol/secret-hash.js';
import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const OTHER_PASSWORD = 'Battery-Staple-7';
const THIRD_PASSWORD = 'Purple-Monkey-5';
const HOUR = 3_600_000;
const LIMITED = refusal('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

describe('passwords', () => {
  let service: LocalService;
  let endpoint: string;
  let counter = 0;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          clients: [
            { name: 'public' },
            { name: 'secret', secret: true },
            { name: 'quiet', PreventUserExistenceErrors: 'ENABLED' },
          ],
        },
        { name: 'remembering', Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } },
        { name: 'strict', AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } },
        {
          name: 'phones first',
          AccountRecoverySetting: {
            RecoveryMechanisms: [
              { Name: 'verified_email', Priority: 2 },
              { Name: 'verified_phone_number', Priority: 1 },
            ],
          },
        },
      ],
    });
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  const clientId = (name = 'public', pool?: string) => service.cognito.pool(pool).client(name).id;

  /** A new user for each test. */
  function newUser(more: object = {}, pool?: string): string {
    const username = `user${++counter}`;
    const attributes = { email: `${username}@example.com` };
    service.cognito.pool(pool).createUser({ username, password: PASSWORD, attributes, ...more });
    return username;
  }

  const signIn = (USERNAME: string, word: string, pool?: string) =>
    call(endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId('public', pool),
      AuthParameters: { USERNAME, PASSWORD: word },
    });

  async function accessToken(username: string, word = PASSWORD, pool?: string): Promise<string> {
    const { body } = await signIn(username, word, pool);
    return (body['AuthenticationResult'] as { AccessToken: string }).AccessToken;
  }

  const change = (AccessToken: string, ProposedPassword: string, PreviousPassword: string | undefined = PASSWORD) =>
    call(endpoint, 'ChangePassword', { AccessToken, PreviousPassword, ProposedPassword });

  describe('changed by the user', () => {
    it('keep other sessions alive', async () => {
      const user = newUser();
      const token = await accessToken(user);
      await expect(change(token, OTHER_PASSWORD)).resolves.toMatchObject({ status: 200, body: {} });
      await expect(signIn(user, PASSWORD)).resolves.toMatchObject(refusal('NotAuthorizedException'));
      await expect(signIn(user, OTHER_PASSWORD)).resolves.toMatchObject({ status: 200 });
      await expect(call(endpoint, 'GetUser', { AccessToken: token })).resolves.toMatchObject({ status: 200 });
    });

    it('require the previous password', async () => {
      const token = await accessToken(newUser());
      const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
      await expect(change(token, OTHER_PASSWORD, THIRD_PASSWORD)).resolves.toMatchObject(incorrect);
      await expect(
        call(endpoint, 'ChangePassword', { AccessToken: token, ProposedPassword: OTHER_PASSWORD }),
      ).resolves.toMatchObject(incorrect);
    });

    it('must conform to the policy', async () => {
      await expect(change(await accessToken(newUser()), 'lowercase-9')).resolves.toMatchObject(
        refusal(
          'InvalidPasswordException',
          'Password did not conform with policy: Password must have uppercase characters',
        ),
      );
    });

    it('can be tried five times an hour', async () => {
      const token = await accessToken(newUser());
      for (let attempt = 0; attempt < 5; attempt++) {
        await change(token, OTHER_PASSWORD, THIRD_PASSWORD);
      }
      await expect(change(token, OTHER_PASSWORD)).resolves.toMatchObject(LIMITED);
    });

    it('cannot be reused while they are in the history', async () => {
      const user = newUser({}, 'remembering');
      const token = await accessToken(user, PASSWORD, 'remembering');
      const reused = refusal('PasswordHistoryPolicyViolationException');
      await expect(change(token, PASSWORD)).resolves.toMatchObject(reused);
      await expect(change(token, OTHER_PASSWORD)).resolves.toMatchObject({ status: 200 });
      await expect(change(token, PASSWORD, OTHER_PASSWORD)).resolves.toMatchObject(reused);
      await expect(change(token, THIRD_PASSWORD, OTHER_PASSWORD)).resolves.toMatchObject({ status: 200 });
      await expect(change(token, PASSWORD, THIRD_PASSWORD)).resolves.toMatchObject({ status: 200 });
    });
  });

  describe('forgotten', () => {
    const forgot = (Username: string, client = 'public', pool?: string) =>
      call(endpoint, 'ForgotPassword', { ClientId: clientId(client, pool), Username });

    const confirm = (Username: string, ConfirmationCode: string, Password = OTHER_PASSWORD, client = 'public') =>
      call(endpoint, 'ConfirmForgotPassword', { ClientId: clientId(client), Username, ConfirmationCode, Password });

    const administer = (operation: string, input: object) =>
      call(endpoint, operation, { UserPoolId: service.cognito.pool().id, ...input });

    const codeOf = (username: string) =>
      service.cognito.outbox.latest({ username, kind: 'ForgotPassword' })?.code ?? 'none';

    it('are replaced with the code, once', async () => {
      const user = newUser();
      await expect(forgot(user)).resolves.toMatchObject({
        status: 200,
        body: { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'u***@e***' } },
      });
      await expect(confirm(user, codeOf(user))).resolves.toMatchObject({ status: 200, body: {} });
      await expect(signIn(user, OTHER_PASSWORD)).resolves.toMatchObject({ status: 200 });
      await expect(confirm(user, codeOf(user))).resolves.toMatchObject(
        refusal('ExpiredCodeException', 'Invalid code provided, please request a code again.'),
      );
    });

    it('end a lockout when replaced', async () => {
      const user = newUser();
      for (let attempt = 0; attempt < 5; attempt++) {
        await signIn(user, THIRD_PASSWORD);
      }
      await forgot(user);
      await confirm(user, codeOf(user));
      await expect(signIn(user, OTHER_PASSWORD)).resolves.toMatchObject({ status: 200 });
    });

    it('reject a wrong code and one from an hour ago', async () => {
      const user = newUser();
      await forgot(user);
      const code = codeOf(user);
      await expect(confirm(user, code === '000000' ? '111111' : '000000')).resolves.toMatchObject(
        refusal('CodeMismatchException', 'Invalid verification code provided, please try again.'),
      );
      service.pass(HOUR);
      await expect(confirm(user, code)).resolves.toMatchObject(refusal('ExpiredCodeException'));
    });

    it.each([
      ['was changed', { UserAttributes: [{ Name: 'email', Value: 'new@example.com' }] }, 'AdminUpdateUserAttributes'],
      ['was deleted', { UserAttributeNames: ['email'] }, 'AdminDeleteUserAttributes'],
    ])('reject a code that went to an address that %s', async (_case, input, operation) => {
      const user = newUser();
      await forgot(user);
      await administer(operation, { Username: user, ...input });
      await expect(confirm(user, codeOf(user))).resolves.toMatchObject(refusal('ExpiredCodeException'));
      await expect(signIn(user, PASSWORD)).resolves.toMatchObject({ status: 200 });
    });

    it("reject an administrator's code that went to an address of before", async () => {
      const user = newUser();
      await administer('AdminResetUserPassword', { Username: user });
      const UserAttributes = [
        { Name: 'email', Value: 'newer@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ];
      const code = codeOf(user);
      await administer('AdminUpdateUserAttributes', { Username: user, UserAttributes });
      await expect(confirm(user, code)).resolves.toMatchObject(refusal('ExpiredCodeException'));
      await forgot(user);
      await expect(confirm(user, codeOf(user))).resolves.toMatchObject({ status: 200 });
    });

    it('keep the code valid when the new password is weak', async () => {
      const user = newUser();
      await forgot(user);
      await expect(confirm(user, codeOf(user), 'UPPERCASE-9')).resolves.toMatchObject(
        refusal(
          'InvalidPasswordException',
          'Password did not conform with policy: Password must have lowercase characters',
        ),
      );
      await expect(confirm(user, codeOf(user))).resolves.toMatchObject({ status: 200 });
    });

    it("send the code by the pool's recovery order", async () => {
      const phone_number = '+15550001234';
      const user = newUser({ attributes: { email: 'two@example.com', phone_number } }, 'phones first');
      await expect(forgot(user, 'public', 'phones first')).resolves.toMatchObject({
        body: { CodeDeliveryDetails: { AttributeName: 'phone_number', Destination: '+*******1234' } },
      });
      expect(service.cognito.outbox.latest({ username: user })).toMatchObject({ to: phone_number, medium: 'SMS' });
    });

    it.each<[string, object, string, string]>([
      [
        'without a verified address',
        { attributes: { email: 'x@example.com', email_verified: 'false' } },
        'InvalidParameterException',
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      ],
      [
        'with a temporary password',
        { status: 'FORCE_CHANGE_PASSWORD' },
        'NotAuthorizedException',
        'User password cannot be reset in the current state.',
      ],
      ['who is disabled', { enabled: false }, 'NotAuthorizedException', 'User is disabled.'],
    ])('cannot be reset by a user %s', async (_what, user, exception, message) => {
      await expect(forgot(newUser(user))).resolves.toMatchObject(refusal(exception, message));
    });

    it('can only be reset by administrators with admin_only recovery', async () => {
      await expect(forgot(newUser({}, 'strict'), 'public', 'strict')).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Contact administrator to reset password.'),
      );
    });

    it('reveal an unknown user, unless the client has PreventUserExistenceErrors', async () => {
      const unknown = refusal('UserNotFoundException', 'Username/client id combination not found.');
      await expect(forgot('nobody')).resolves.toMatchObject(unknown);
      await expect(confirm('nobody', '123456')).resolves.toMatchObject(unknown);
      await expect(forgot('nobody@example.com', 'quiet')).resolves.toMatchObject({
        status: 200,
        body: { CodeDeliveryDetails: { Destination: 'n***@e***' } },
      });
      await expect(confirm('nobody', '123456', OTHER_PASSWORD, 'quiet')).resolves.toMatchObject(
        refusal('CodeMismatchException'),
      );
    });

    it('can be tried twenty times an hour', async () => {
      const user = newUser();
      for (let attempt = 0; attempt < 20; attempt++) {
        await forgot(user);
      }
      await expect(forgot(user)).resolves.toMatchObject(LIMITED);
    });

    it('require the secret hash', async () => {
      const { id, secret = '' } = service.cognito.pool().client('secret');
      const user = newUser();
      await expect(forgot(user, 'secret')).resolves.toMatchObject(
        refusal('NotAuthorizedException', `Client ${id} is configured with secret but SECRET_HASH was not received`),
      );
      const SecretHash = secretHash(user, id, secret);
      await succeed(endpoint, 'ForgotPassword', { ClientId: id, Username: user, SecretHash });
      const input = { ClientId: id, Username: user, ConfirmationCode: codeOf(user), Password: OTHER_PASSWORD };
      await expect(call(endpoint, 'ConfirmForgotPassword', { ...input, SecretHash: 'wrong' })).resolves.toMatchObject(
        refusal('NotAuthorizedException', `Unable to verify secret hash for client ${id}`),
      );
      await expect(call(endpoint, 'ConfirmForgotPassword', { ...input, SecretHash })).resolves.toMatchObject({
        status: 200,
      });
    });
  });

  describe('changed by an administrator', () => {
    const admin = (operation: string, Username: string, more: object = {}, pool?: string) =>
      call(endpoint, operation, { UserPoolId: service.cognito.pool(pool).id, Username, ...more });

    it('can be set permanently', async () => {
      const user = newUser({ status: 'FORCE_CHANGE_PASSWORD' });
      await admin('AdminSetUserPassword', user, { Password: OTHER_PASSWORD, Permanent: true });
      await expect(signIn(user, OTHER_PASSWORD)).resolves.toHaveProperty('body.AuthenticationResult');
    });

    it('can be set as temporary passwords', async () => {
      const user = newUser();
      await admin('AdminSetUserPassword', user, { Password: OTHER_PASSWORD });
      await expect(admin('AdminGetUser', user)).resolves.toMatchObject({
        body: { UserStatus: 'FORCE_CHANGE_PASSWORD' },
      });
      await expect(signIn(user, OTHER_PASSWORD)).resolves.toMatchObject({
        body: { ChallengeName: 'NEW_PASSWORD_REQUIRED' },
      });
    });

    it('must conform to the policy', async () => {
      await expect(admin('AdminSetUserPassword', newUser(), { Password: 'NoDigits-' })).resolves.toMatchObject(
        refusal(
          'InvalidPasswordException',
          'Password did not conform with password policy: Password must have numeric characters',
        ),
      );
    });

    it('cannot be one of the history', async () => {
      const user = newUser({}, 'remembering');
      await expect(admin('AdminSetUserPassword', user, { Password: PASSWORD }, 'remembering')).resolves.toMatchObject(
        refusal('PasswordHistoryPolicyViolationException'),
      );
    });

    it('can be reset: a code is sent, all sessions end, and the next sign-in is rejected', async () => {
      const user = newUser();
      const token = await accessToken(user);
      await expect(admin('AdminResetUserPassword', user)).resolves.toMatchObject({ status: 200, body: {} });
      await expect(signIn(user, PASSWORD)).resolves.toMatchObject(
        refusal('PasswordResetRequiredException', 'Password reset required for the user'),
      );
      await expect(call(endpoint, 'GetUser', { AccessToken: token })).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Access Token has been revoked'),
      );
      const code = service.cognito.outbox.latest({ username: user, kind: 'ForgotPassword' })?.code;
      await succeed(endpoint, 'ConfirmForgotPassword', {
        ClientId: clientId(),
        Username: user,
        ConfirmationCode: code,
        Password: OTHER_PASSWORD,
      });
      await expect(signIn(user, OTHER_PASSWORD)).resolves.toMatchObject({ status: 200 });
    });

    it.each<[string, object, string, string]>([
      [
        'a temporary password',
        { status: 'FORCE_CHANGE_PASSWORD' },
        'NotAuthorizedException',
        'User password cannot be reset in the current state.',
      ],
      [
        'no address',
        { attributes: {} },
        'InvalidParameterException',
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      ],
    ])('cannot be reset for a user with %s', async (_what, user, exception, message) => {
      await expect(admin('AdminResetUserPassword', newUser(user))).resolves.toMatchObject(refusal(exception, message));
    });
  });
});
