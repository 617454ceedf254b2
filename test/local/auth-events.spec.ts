import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from './local-service.js';
import { signInBySrp } from './srp-client.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const NEW_PASSWORD = 'Correct-Horse-10';
const AUDIT: Partial<LocalPoolOptions> = {
  UserPoolTier: 'PLUS',
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
};

interface AuthEvent {
  readonly EventId: string;
  readonly EventType: string;
  readonly EventResponse: string;
  readonly ChallengeResponses: readonly object[];
}

describe('the history of sign-ins', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;
  let ClientId: string;

  async function start(pool: Partial<LocalPoolOptions> = AUDIT): Promise<void> {
    const users = [{ username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } }];
    service = await startLocalService({ pools: [{ name: 'default', users, ...pool }] });
    ({ endpoint } = service.cognito);
    UserPoolId = service.cognito.pool().id;
    ClientId = service.cognito.pool().client().id;
  }

  afterEach(() => service.stop());

  async function events(Username = 'ann'): Promise<AuthEvent[]> {
    return (await succeed(endpoint, 'AdminListUserAuthEvents', { UserPoolId, Username }))['AuthEvents'] as AuthEvent[];
  }

  function signIn(password = PASSWORD, more: object = {}, Username = 'ann') {
    const AuthParameters = { USERNAME: Username, PASSWORD: password };
    return call(endpoint, 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters, ...more });
  }

  it('has sign-ins that passed and failed, newest first, with their context', async () => {
    await start();
    await signIn('Wrong-Horse-9');
    service.pass(1000);
    await signIn();
    await expect(events()).resolves.toEqual([
      {
        EventId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        EventType: 'SignIn',
        CreationDate: expect.any(Number) as number,
        EventResponse: 'Pass',
        EventRisk: { RiskDecision: 'NoRisk', CompromisedCredentialsDetected: false },
        ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }],
        EventContextData: expect.objectContaining({ IpAddress: '127.0.0.1' }) as object,
      },
      expect.objectContaining({
        EventResponse: 'Fail',
        ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Failure' }],
      }),
    ]);
  });

  it('has one event for a sign-in with a second factor', async () => {
    await start({ ...AUDIT, mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } } });
    const { body } = await signIn();
    const { AccessToken } = body['AuthenticationResult'] as { AccessToken: string };
    const { SecretCode } = await succeed(endpoint, 'AssociateSoftwareToken', { AccessToken });
    const code = () => totpCode(String(SecretCode), totpStep(service.now()));
    await succeed(endpoint, 'VerifySoftwareToken', { AccessToken, UserCode: code() });
    await succeed(endpoint, 'SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    service.pass(30_000);
    const { Session } = (await signIn()).body;
    const [pending] = await events();
    expect(pending).toMatchObject({
      EventResponse: 'InProgress',
      ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }],
    });
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      call(endpoint, 'RespondToAuthChallenge', {
        ...{ ClientId, Session, ChallengeName: 'SOFTWARE_TOKEN_MFA' },
        ChallengeResponses: { USERNAME: 'ann', SOFTWARE_TOKEN_MFA_CODE },
      });
    await answer(code() === '000000' ? '111111' : '000000');
    await expect(events()).resolves.toMatchObject([{ EventId: pending?.EventId, EventResponse: 'Fail' }, {}]);
    await answer(code());
    const all = await events();
    expect(all).toHaveLength(2);
    expect(all[0]).toMatchObject({
      EventId: pending?.EventId,
      EventResponse: 'Pass',
      ChallengeResponses: [
        { ChallengeName: 'Password', ChallengeResponse: 'Success' },
        { ChallengeName: 'Mfa', ChallengeResponse: 'Failure' },
        { ChallengeName: 'Mfa', ChallengeResponse: 'Success' },
      ],
    });
  });

  it('has sign-ins by SRP, and no refresh', async () => {
    await start();
    const { AuthenticationResult } = await signInBySrp({
      ...{ sdk: service.sdk, userPoolId: UserPoolId, clientId: ClientId, username: 'ann', password: PASSWORD },
    });
    await succeed(endpoint, 'InitiateAuth', {
      ...{ AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId },
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken },
    });
    await expect(events()).resolves.toMatchObject([
      { EventResponse: 'Pass', ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }] },
    ]);
  });

  it('has sign-ups, new codes, forgotten and changed passwords', async () => {
    await start();
    const named = { ClientId, Username: 'bob' };
    const lastCode = () => service.cognito.outbox.latest()?.code;
    const UserAttributes = [{ Name: 'email', Value: 'bob@example.com' }];
    await succeed(endpoint, 'SignUp', { ...named, Password: PASSWORD, UserAttributes });
    await succeed(endpoint, 'ResendConfirmationCode', named);
    await succeed(endpoint, 'ConfirmSignUp', { ...named, ConfirmationCode: lastCode() });
    await succeed(endpoint, 'ForgotPassword', named);
    const reset = { ...named, Password: NEW_PASSWORD };
    await call(endpoint, 'ConfirmForgotPassword', { ...reset, ConfirmationCode: 'wrong' });
    await succeed(endpoint, 'ConfirmForgotPassword', { ...reset, ConfirmationCode: lastCode() });
    const { body } = await signIn(NEW_PASSWORD, {}, 'bob');
    const { AccessToken } = body['AuthenticationResult'] as { AccessToken: string };
    await succeed(endpoint, 'ChangePassword', {
      ...{ AccessToken, PreviousPassword: NEW_PASSWORD, ProposedPassword: PASSWORD },
    });
    const history = (await events('bob')).map(({ EventType, EventResponse }) => `${EventType} ${EventResponse}`);
    expect(history.reverse()).toEqual([
      'SignUp Pass',
      'ResendCode Pass',
      'ForgotPassword Pass',
      'PasswordChange Fail',
      'PasswordChange Pass',
      'SignIn Pass',
      'PasswordChange Pass',
    ]);
  });

  it('believes the address that an administrator, or a client that may, passes on', async () => {
    await start();
    await signIn(PASSWORD, { UserContextData: { IpAddress: '192.0.2.1' } });
    await succeed(endpoint, 'AdminInitiateAuth', {
      ...{ UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' },
      AuthParameters: { USERNAME: 'ann', PASSWORD },
      ContextData: { IpAddress: '192.0.2.2', ServerName: 's', ServerPath: '/', HttpHeaders: [] },
    });
    await expect(events()).resolves.toMatchObject([
      { EventContextData: { IpAddress: '192.0.2.2' } },
      { EventContextData: { IpAddress: '127.0.0.1' } },
    ]);
  });

  it('keeps the latest hundred events, and is listed by page', async () => {
    await start();
    for (let count = 0; count < 110; count += 1) {
      await signIn();
    }
    const list = (input: object) =>
      succeed(endpoint, 'AdminListUserAuthEvents', { UserPoolId, Username: 'ann', ...input });
    const first = await list({});
    expect(first['AuthEvents']).toHaveLength(60);
    const second = await list({ NextToken: first['NextToken'] });
    expect(second['AuthEvents']).toHaveLength(40);
    expect(second).not.toHaveProperty('NextToken');
  });

  it('ends with its user', async () => {
    await start();
    await signIn();
    await succeed(endpoint, 'AdminDeleteUser', { UserPoolId, Username: 'ann' });
    await succeed(endpoint, 'AdminCreateUser', { UserPoolId, Username: 'ann', MessageAction: 'SUPPRESS' });
    await expect(events()).resolves.toEqual([]);
  });

  it('takes feedback of administrators', async () => {
    await start();
    await signIn();
    const [event] = await events();
    const feedback = { UserPoolId, Username: 'ann', FeedbackValue: 'Invalid' };
    await succeed(endpoint, 'AdminUpdateAuthEventFeedback', { ...feedback, EventId: event?.EventId });
    await expect(events()).resolves.toMatchObject([
      { EventFeedback: { FeedbackValue: 'Invalid', Provider: 'Admin', FeedbackDate: expect.any(Number) as number } },
    ]);
    await expect(
      call(endpoint, 'AdminUpdateAuthEventFeedback', { ...feedback, EventId: 'unknown' }),
    ).resolves.toMatchObject(refusal('ResourceNotFoundException'));
    await expect(
      call(endpoint, 'UpdateAuthEventFeedback', { ...feedback, EventId: event?.EventId, FeedbackToken: 'forged' }),
    ).resolves.toMatchObject(refusal('NotAuthorizedException'));
  });

  it('is not there without threat protection', async () => {
    await start({});
    await signIn();
    const feedback = { UserPoolId, Username: 'ann', EventId: 'one', FeedbackValue: 'Valid', FeedbackToken: 'token' };
    for (const operation of ['AdminListUserAuthEvents', 'AdminUpdateAuthEventFeedback', 'UpdateAuthEventFeedback']) {
      await expect(call(endpoint, operation, feedback)).resolves.toMatchObject(
        refusal('UserPoolAddOnNotEnabledException'),
      );
    }
  });

  it('refuses an unknown user and an unknown pool', async () => {
    await start();
    const operation = 'AdminListUserAuthEvents';
    await expect(call(endpoint, operation, { UserPoolId, Username: 'bob' })).resolves.toMatchObject(
      refusal('UserNotFoundException'),
    );
    await expect(
      call(endpoint, operation, { UserPoolId: 'us-east-1_nowhere', Username: 'ann' }),
    ).resolves.toMatchObject(refusal('ResourceNotFoundException'));
  });
});
