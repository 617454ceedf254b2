import type { Trigger, TriggerCallback, TriggerContext, TriggerEvent, Triggers } from '../../lib/testing/index.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { RIDDLE } from './factor-pools.js';
import { signIn } from './factors.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, tokensOf, World } from './world.js';

type Heard = TriggerEvent<{ clientMetadata?: object; validationData?: object }>;

/** Triggers that record their events and otherwise behave as `inner`. */
function listening(heard: Heard[], inner: Triggers = {}): Triggers {
  const names = ['preSignUp', 'postConfirmation', 'preAuthentication', 'postAuthentication', 'customMessage'] as const;
  const custom = ['defineAuthChallenge', 'createAuthChallenge', 'verifyAuthChallengeResponse'] as const;
  return Object.fromEntries(
    [...names, ...custom, 'preTokenGeneration' as const].map((name) => [
      name,
      (event: TriggerEvent, context: TriggerContext, callback: TriggerCallback<TriggerEvent>) => {
        heard.push(structuredClone(event));
        return (inner[name] as Trigger | undefined)?.(event, context, callback) ?? event;
      },
    ]),
  );
}

describe.each(CLIENT_KINDS)('triggers, called by a %s client', (kind) => {
  let world: World;
  let cognito: CognitoService;
  const heard: Heard[] = [];

  beforeAll(async () => {
    const refuse = () => {
      throw new Error('Only staff may join.');
    };
    world = await World.start([
      { name: 'listening', triggers: listening(heard, RIDDLE) },
      { name: 'refusing', triggers: { preSignUp: refuse, preAuthentication: refuse, preTokenGeneration: refuse } },
      { name: 'broken', triggers: { preSignUp: () => 'nonsense' as never } },
      { name: 'migrating', triggers: { userMigration: migrate } },
    ]);
    cognito = world.services('listening', kind).service;
  });

  afterAll(() => world.stop());

  beforeEach(() => {
    heard.length = 0;
  });

  /** The metadata that each trigger received, by trigger source. */
  const metadata = () =>
    Object.fromEntries(heard.map(({ triggerSource, request }) => [triggerSource, request.clientMetadata]));

  const clientMetadata = { channel: 'web' };

  it('receive validation data and metadata of a sign-up', async () => {
    const { username, email } = world.somebody('listening');
    const validationData = { invitation: '7' };
    const request = { username, password: PASSWORD, attributes: { email }, validationData, clientMetadata };
    await cognito.register(request);
    const [preSignUp] = heard;
    expect(preSignUp).toMatchObject({
      triggerSource: 'PreSignUp_SignUp',
      userName: username,
      callerContext: { clientId: world.cognito.pool('listening').client(kind).id },
      request: { validationData, clientMetadata, userAttributes: { email } },
    });

    await cognito.resendConfirmationCode({ username, clientMetadata });
    await cognito.confirmSignUp({ username, code: world.code(email), clientMetadata });

    expect(metadata()).toEqual({
      PreSignUp_SignUp: clientMetadata,
      CustomMessage_SignUp: clientMetadata,
      CustomMessage_ResendCode: clientMetadata,
      PostConfirmation_ConfirmSignUp: clientMetadata,
    });
  });

  it('receive metadata of password recovery and of attribute changes', async () => {
    const person = world.resident('listening');
    const { accessToken } = await signIn(cognito, person);
    const { email } = world.somebody('listening');
    heard.length = 0;

    await cognito.initiateForgotPassword({ username: person.username, clientMetadata });
    const reset = { username: person.username, code: world.code(person.email), password: PASSWORD, clientMetadata };
    await cognito.confirmForgotPassword(reset);
    await cognito.updateProfile({ accessToken, attributes: { email }, clientMetadata });
    await cognito.sendVerification({ accessToken, clientMetadata });

    expect(metadata()).toEqual({
      CustomMessage_ForgotPassword: clientMetadata,
      PostConfirmation_ConfirmForgotPassword: clientMetadata,
      CustomMessage_UpdateUserAttribute: clientMetadata,
      CustomMessage_VerifyUserAttribute: clientMetadata,
    });
  });

  it('receive metadata of a sign-in and of a renewal', async () => {
    const { login: username } = world.resident('listening');

    const tokens = tokensOf(await cognito.authenticate({ username, password: PASSWORD, clientMetadata }));
    expect(
      heard.find(({ triggerSource }) => triggerSource === 'PreAuthentication_Authentication')?.request,
    ).toMatchObject({ validationData: clientMetadata });
    expect(metadata()).toMatchObject({
      PostAuthentication_Authentication: clientMetadata,
      TokenGeneration_Authentication: clientMetadata,
    });

    heard.length = 0;
    await cognito.renewTokens({ refreshToken: tokens.refreshToken ?? '', clientMetadata });
    expect(metadata()).toEqual({ TokenGeneration_RefreshTokens: clientMetadata });
  });

  it('receive metadata of the answer to a challenge', async () => {
    const { login: username } = world.resident('listening');
    const challenge = challengeOf(await cognito.authenticate({ flow: 'CUSTOM_AUTH', username }), 'CUSTOM_CHALLENGE');
    heard.length = 0;

    tokensOf(await cognito.respondToChallenge(challenge, { answer: 'piano' }, { clientMetadata }));

    expect(metadata()).toMatchObject({
      VerifyAuthChallengeResponse_Authentication: clientMetadata,
      DefineAuthChallenge_Authentication: clientMetadata,
    });
  });

  describe('that refuse', () => {
    const person = (): Person => world.somebody('refusing');

    it.each<[string, (service: CognitoService) => Promise<unknown>]>([
      ['PreSignUp', (service) => service.register({ username: person().username, password: PASSWORD })],
      [
        'PreAuthentication',
        (service) =>
          service.authenticate({
            flow: 'USER_PASSWORD_AUTH',
            username: world.resident('refusing').login,
            password: PASSWORD,
          }),
      ],
    ])('keep their message, without Cognito’s text around it: %s', async (trigger, call) => {
      const { service } = world.services('refusing', kind);

      await expect(call(service)).rejects.toMatchObject({
        code: 'TRIGGER_REFUSED',
        status: 400,
        exception: 'UserLambdaValidationException',
        trigger,
        message: 'Only staff may join.',
      });
    });
  });

  it('that return nonsense have another code than those that refuse', async () => {
    const { service } = world.services('broken', kind);
    const { username } = world.somebody('broken');

    await expect(service.register({ username, password: PASSWORD })).rejects.toMatchObject({
      code: 'TRIGGER_RESPONSE_INVALID',
      status: 502,
      exception: 'InvalidLambdaResponseException',
    });
  });

  it('may migrate an unknown user', async () => {
    const { service } = world.services('migrating', kind);
    const { username } = world.somebody('migrating');
    const request = { username, password: PASSWORD };

    await expect(service.authenticate(request)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
    tokensOf(await service.authenticate({ ...request, flow: 'USER_PASSWORD_AUTH' }));

    tokensOf(await service.authenticate(request));
  });
});

const migrate: NonNullable<Triggers['userMigration']> = (event) => {
  if (event.request.password === PASSWORD) {
    event.response.userAttributes = { email: `${event.userName}@example.com`, email_verified: 'true' };
    event.response.finalUserStatus = 'CONFIRMED';
  }
  return event;
};
