import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ForgotPasswordCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { createClientKeyPair } from '../../lib/protocol/srp/client.js';
import type { TriggerEvent, Triggers } from '../../lib/testing/index.js';
import { AuthClient } from './auth-client.js';
import { createUser } from './create-user.js';
import { type LocalService, startLocalService } from './local-service.js';

const PASSWORD = 'Correct-Horse-9';

describe('triggers', () => {
  let service: LocalService;
  let client: AuthClient;
  let discreet: AuthClient;
  const triggers: Triggers = {};

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'pool',
          triggers,
          DeviceConfiguration: {},
          clients: [{ name: 'public' }, { name: 'discreet', PreventUserExistenceErrors: 'ENABLED' }],
        },
        { name: 'mail-names', triggers, UsernameAttributes: ['email'] },
      ],
    });
    client = new AuthClient(service, 'public', 'pool');
    discreet = new AuthClient(service, 'discreet', 'pool');
  });

  afterAll(() => service.stop());

  afterEach(() => {
    for (const name of Object.keys(triggers)) {
      Reflect.deleteProperty(triggers, name);
    }
    service.cognito.outbox.clear();
  });

  const newUser = (attributes = {}) => createUser(service, 'pool', PASSWORD, attributes);

  describe('PreAuthentication', () => {
    it('runs before the password is verified', async () => {
      const events: TriggerEvent[] = [];
      triggers.preAuthentication = (event) => {
        events.push(event);
        return event;
      };
      const username = await newUser({ email: 'ann@example.com' });
      const attempt = client.initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: 'Wrong-1234' }, { a: 'b' });
      await expect(attempt).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      expect(events).toEqual([
        {
          version: '1',
          triggerSource: 'PreAuthentication_Authentication',
          region: 'us-east-1',
          userPoolId: client.poolId,
          userName: username,
          callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.clientId },
          request: {
            userAttributes: expect.objectContaining({
              email: 'ann@example.com',
              'cognito:user_status': 'CONFIRMED',
            }) as object,
            validationData: { a: 'b' },
          },
          response: {},
        },
      ]);
    });

    it.each(['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH'] as const)('can reject %s', async (flow) => {
      triggers.preAuthentication = () => {
        throw new Error('not today');
      };
      const parameters = {
        USERNAME: await newUser(),
        PASSWORD,
        SRP_A: createClientKeyPair().publicHex,
        PREFERRED_CHALLENGE: 'PASSWORD',
      };
      await expect(client.initiate(flow, parameters)).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: 'PreAuthentication failed with error not today.',
      });
    });

    it('runs for unknown users if the client hides them', async () => {
      const found: unknown[] = [];
      triggers.preAuthentication = (event) => {
        found.push([event.userName, event.request.userNotFound, event.request.userAttributes]);
        return event;
      };
      await expect(discreet.password('nobody', PASSWORD)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      await expect(client.password('nobody', PASSWORD)).rejects.toMatchObject({ name: 'UserNotFoundException' });
      expect(found).toEqual([['nobody', true, {}]]);
    });

    it('does not run when tokens are renewed', async () => {
      const username = await newUser();
      const { AuthenticationResult } = await client.password(username, PASSWORD);
      triggers.preAuthentication = () => {
        throw new Error('not today');
      };
      const more = { DEVICE_KEY: AuthenticationResult?.NewDeviceMetadata?.DeviceKey ?? '' };
      const renewed = await client.refresh(username, AuthenticationResult?.RefreshToken ?? '', more);
      expect(renewed.AuthenticationResult).toBeDefined();
    });
  });

  describe('PostAuthentication', () => {
    it('receives a finished sign-in and its new device, with the metadata of the answer', async () => {
      const heard: unknown[] = [];
      triggers.postAuthentication = (event) => {
        heard.push([event.triggerSource, event.request.newDeviceUsed, event.request.clientMetadata]);
        return event;
      };
      const username = await newUser();
      await client.initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD }, { from: 'start' });
      const choice = await client.initiate('USER_AUTH', { USERNAME: username });
      await client.respond(
        { ...choice, ChallengeParameters: { USERNAME: username } },
        { ANSWER: 'PASSWORD', PASSWORD },
        { from: 'answer' },
      );
      expect(heard).toEqual([
        ['PostAuthentication_Authentication', true, undefined],
        ['PostAuthentication_Authentication', true, { from: 'answer' }],
      ]);
    });

    it('can reject the sign-in, so that no tokens are issued', async () => {
      triggers.postAuthentication = () => Promise.reject(new Error('too late'));
      await expect(client.password(await newUser(), PASSWORD)).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: 'PostAuthentication failed with error too late.',
      });
    });
  });

  describe('UserMigration', () => {
    it('migrates a user who signs in with the old password', async () => {
      const asked: unknown[] = [];
      triggers.userMigration = (event) => {
        asked.push([event.triggerSource, event.userName, event.request]);
        event.response.userAttributes = { email: 'old@example.com', email_verified: 'true' };
        event.response.finalUserStatus = 'CONFIRMED';
        event.response.messageAction = 'SUPPRESS';
        return event;
      };
      const start = { USERNAME: 'oldtimer', PASSWORD };
      const { AuthenticationResult } = await client.initiate('USER_PASSWORD_AUTH', start, { from: 'web' });
      expect(AuthenticationResult?.AccessToken).toEqual(expect.any(String));
      expect(asked).toEqual([
        ['UserMigration_Authentication', 'oldtimer', { password: PASSWORD, validationData: { from: 'web' } }],
      ]);
      const named = { UserPoolId: client.poolId, Username: 'oldtimer' };
      await expect(service.sdk.send(new AdminGetUserCommand(named))).resolves.toMatchObject({
        UserStatus: 'CONFIRMED',
        UserAttributes: expect.arrayContaining([{ Name: 'email', Value: 'old@example.com' }]) as object,
      });

      triggers.userMigration = () => {
        throw new Error('asked twice');
      };
      await expect(client.password('oldtimer', 'Wrong-1234')).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
      await expect(client.password('oldtimer', PASSWORD)).resolves.toBeDefined();
    });

    it('can require a new password', async () => {
      triggers.userMigration = (event) => ({
        ...event,
        response: {
          userAttributes: { email: 'reset@example.com', email_verified: 'true' },
          finalUserStatus: 'RESET_REQUIRED',
        },
      });
      await expect(client.password('resetter', PASSWORD)).rejects.toMatchObject({
        name: 'PasswordResetRequiredException',
        message: 'Password reset required for the user',
      });
    });

    it('migrates a user who forgot the old password', async () => {
      triggers.userMigration = (event) => {
        expect(event.triggerSource).toBe('UserMigration_ForgotPassword');
        expect(event.request).toEqual({ clientMetadata: { from: 'web' } });
        event.response.userAttributes = { email: 'forgetful@example.com', email_verified: 'true' };
        event.response.finalUserStatus = 'CONFIRMED';
        return event;
      };
      const command = new ForgotPasswordCommand({
        ClientId: client.clientId,
        Username: 'forgetful',
        ClientMetadata: { from: 'web' },
      });
      await expect(service.sdk.send(command)).resolves.toMatchObject({
        CodeDeliveryDetails: { Destination: 'f***@e***' },
      });
    });

    it('adds the address that the user signs in with', async () => {
      triggers.userMigration = (event) => ({
        ...event,
        response: { userAttributes: { email_verified: 'true' }, finalUserStatus: 'CONFIRMED' },
      });
      const mailClient = new AuthClient(service, 'public', 'mail-names');
      const { AuthenticationResult } = await mailClient.password('mover@example.com', PASSWORD);
      expect(AuthenticationResult).toBeDefined();
    });

    it.each([
      ['public', 'UserNotFoundException', 'User does not exist.'],
      ['discreet', 'NotAuthorizedException', 'Incorrect username or password.'],
    ])('may not know the user either (%s client)', async (name, exception, message) => {
      triggers.userMigration = (event) => event;
      await expect(new AuthClient(service, name, 'pool').password('nobody', PASSWORD)).rejects.toMatchObject({
        name: exception,
        message,
      });
    });

    it('reports a failure', async () => {
      triggers.userMigration = () => {
        throw new Error('the old system is down');
      };
      await expect(client.password('nobody', PASSWORD)).rejects.toMatchObject({
        name: 'UserNotFoundException',
        message: `Exception migrating user in app client ${client.clientId}`,
      });
      await expect(discreet.password('nobody', PASSWORD)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });

    it('does not run for SRP, which reveals no password', async () => {
      triggers.userMigration = (event) => ({
        ...event,
        response: { userAttributes: {}, finalUserStatus: 'CONFIRMED' },
      });
      const start = { USERNAME: 'nobody', SRP_A: createClientKeyPair().publicHex };
      await expect(client.initiate('USER_SRP_AUTH', start)).rejects.toMatchObject({ name: 'UserNotFoundException' });
    });
  });

  describe('CustomMessage', () => {
    async function signUp(username: string): Promise<void> {
      await service.sdk.send(
        new SignUpCommand({
          ClientId: client.clientId,
          Username: username,
          Password: PASSWORD,
          UserAttributes: [{ Name: 'email', Value: 'ann@example.com' }],
          ClientMetadata: { lang: 'fr' },
        }),
      );
    }

    it('sets the message', async () => {
      triggers.customMessage = (event) => {
        expect(event.triggerSource).toBe('CustomMessage_SignUp');
        expect(event.request).toMatchObject({
          codeParameter: '{####}',
          linkParameter: '{##Click Here##}',
          usernameParameter: null,
          clientMetadata: { lang: 'fr' },
        });
        event.response.emailSubject = 'Bienvenue';
        event.response.emailMessage = `Votre code : ${event.request.codeParameter}`;
        return event;
      };
      await signUp('francophone');
      const message = service.cognito.outbox.latest({ username: 'francophone' });
      expect(message).toMatchObject({ subject: 'Bienvenue', text: `Votre code : ${message?.code ?? ''}` });
    });

    it('keeps the template of the pool by default', async () => {
      triggers.customMessage = (event) => event;
      await signUp('laconic');
      const message = service.cognito.outbox.latest({ username: 'laconic' });
      expect(message?.text).toBe(`Your confirmation code is ${message?.code ?? ''}.`);
    });

    it('must include the placeholder of the code', async () => {
      triggers.customMessage = (event) => ({ ...event, response: { ...event.response, emailMessage: 'Hello!' } });
      await expect(signUp('codeless')).rejects.toMatchObject({
        name: 'InvalidLambdaResponseException',
        message: 'Unrecognizable lambda output',
      });
    });

    it('must include the placeholder of the username in an invitation', async () => {
      const invite = (username: string) =>
        service.sdk.send(
          new AdminCreateUserCommand({
            UserPoolId: client.poolId,
            Username: username,
            DesiredDeliveryMediums: ['EMAIL'],
            UserAttributes: [{ Name: 'email', Value: 'guest@example.com' }],
          }),
        );
      triggers.customMessage = (event) => ({ ...event, response: { ...event.response, emailMessage: 'Use {####}' } });
      await expect(invite('guest-1')).rejects.toMatchObject({ name: 'InvalidLambdaResponseException' });
      triggers.customMessage = (event) => ({
        ...event,
        response: { ...event.response, emailMessage: 'You are {username}, use {####}' },
      });
      await invite('guest-2');
      expect(service.cognito.outbox.latest({ username: 'guest-2' })?.text).toMatch(/^You are guest-2, use \S+$/);
    });

    it('is replaced by a custom sender', async () => {
      const sent: unknown[] = [];
      triggers.customEmailSender = (event) => {
        sent.push([event.triggerSource, event.request.type, event.request.code]);
        return event;
      };
      await signUp('self-sent');
      expect(sent).toEqual([
        ['CustomEmailSender_SignUp', 'customEmailSenderRequestV1', expect.stringMatching(/^\d{6}$/)],
      ]);
      expect(service.cognito.outbox.latest({ username: 'self-sent' })).toBeUndefined();
    });
  });
});
