import type { CognitoService } from '../../lib/user/cognito.service.js';
import { exception, FakeService, json, raw, reset } from '../client/fake-service.js';
import { serviceFor } from './service-under-test.js';

const PASSWORD = 'Correct-Horse-9';
const SMS_MFA = { name: 'SMS_MFA', username: 'ann', parameters: {} } as const;

describe('invalid arguments', () => {
  let fake: FakeService;
  let service: CognitoService;

  beforeAll(async () => {
    fake = await FakeService.start();
    ({ service } = serviceFor({ endpoint: fake.endpoint }));
  });

  afterAll(() => fake.stop());

  afterEach(() => {
    expect(fake.requests).toHaveLength(0);
  });

  const wrong = (value: unknown): never => value as never;

  it.each<[string, () => Promise<unknown>, string]>([
    ['an empty username', () => service.register({ username: '', password: PASSWORD }), 'username'],
    ['an object as username', () => service.authenticate({ username: wrong({}), password: PASSWORD }), 'username'],
    ['a number as password', () => service.authenticate({ username: 'ann', password: wrong(7) }), 'password'],
    ['no password', () => service.authenticate(wrong({ username: 'ann' })), 'password'],
    ['an unknown flow', () => service.authenticate(wrong({ username: 'ann', flow: 'MAGIC' })), 'flow'],
    [
      'a privileged flow',
      () => service.authenticate(wrong({ username: 'ann', password: PASSWORD, flow: 'ADMIN_USER_PASSWORD_AUTH' })),
      'flow',
    ],
    [
      'half a device',
      () => service.authenticate({ username: 'ann', password: PASSWORD, device: wrong({}) }),
      'device.key',
    ],
    ['no code', () => service.confirmSignUp({ username: 'ann', code: wrong(undefined) }), 'code'],
    ['no new password', () => service.confirmForgotPassword(wrong({ username: 'ann', code: '1' })), 'password'],
    ['no access token', () => service.getUser(wrong(undefined)), 'accessToken'],
    ['no refresh token', () => service.renewTokens({ refreshToken: wrong(null) }), 'refreshToken'],
    ['no tokens', () => service.checkToken(wrong(undefined)), 'tokens'],
    ['attributes that are a list', () => service.register({ username: 'a', attributes: wrong([]) }), 'attributes'],
    [
      'an attribute of the wrong type',
      () => service.register({ username: 'a', attributes: { email: wrong({}) } }),
      'attributes.email',
    ],
    ['no challenge', () => service.respondToChallenge(wrong(null), wrong({})), 'challenge'],
    [
      'a challenge of no known name',
      () => service.respondToChallenge(wrong({ name: 'toString', username: 'ann', parameters: {} }), wrong({})),
      'challenge.name',
    ],
    [
      'an answer of the wrong shape',
      () => service.respondToChallenge(SMS_MFA, wrong({ password: 'x' })),
      'answer.code',
    ],
    [
      'a factor that does not exist',
      () =>
        service.respondToChallenge(
          { name: 'SELECT_CHALLENGE', username: 'ann', parameters: { choices: [] } },
          wrong({ factor: 'MAGIC' }),
        ),
      'answer.factor',
    ],
    [
      'half a device beside an answer',
      () => service.respondToChallenge(SMS_MFA, { code: '1' }, { device: wrong({}) }),
      'device.key',
    ],
    [
      'a text as device beside an answer',
      () => service.respondToChallenge(SMS_MFA, { code: '1' }, { device: wrong('key') }),
      'device',
    ],
    [
      'half a device within an answer',
      () => service.respondToChallenge(SMS_MFA, wrong({ code: '1', device: {} })),
      'device.key',
    ],
    [
      'no device within an answer',
      () => service.respondToChallenge(SMS_MFA, wrong({ code: '1', device: null })),
      'device',
    ],
  ])('%s is rejected before anything is sent', async (_, call, argument) => {
    await expect(call()).rejects.toMatchObject({
      name: 'MandateArgumentError',
      code: 'ARGUMENT_INVALID',
      status: 400,
      argument,
    });
  });
});

describe('a service that fails', () => {
  let fake: FakeService;
  let service: CognitoService;

  beforeEach(async () => {
    fake = await FakeService.start();
    ({ service } = serviceFor({ endpoint: fake.endpoint }));
  });

  afterEach(() => fake.stop());

  it.each([
    ['is down', reset(), 'SERVICE_UNAVAILABLE', 503],
    ['answers a web page', raw('<html>'), 'SERVICE_UNAVAILABLE', 503],
    ['answers 500', exception('InternalErrorException', 'Oops', 500), 'SERVICE_FAULT', 502],
  ])('has another code than a refusal when it %s', async (_, reply, code, status) => {
    fake.on('InitiateAuth', reply);

    const call = service.authenticate({ flow: 'USER_PASSWORD_AUTH', username: 'ann', password: PASSWORD });

    await expect(call).rejects.toMatchObject({ code, status });
  });

  it.each([
    ['neither tokens nor a challenge', {}],
    ['tokens without an access token', { AuthenticationResult: { IdToken: 'id', ExpiresIn: 3600 } }],
    [
      'a challenge whose parameters are not JSON',
      { ChallengeName: 'MFA_SETUP', ChallengeParameters: { MFAS_CAN_SETUP: '[' } },
    ],
    [
      'a challenge whose parameters are not an array',
      { ChallengeName: 'MFA_SETUP', ChallengeParameters: { MFAS_CAN_SETUP: '{}' } },
    ],
    ['an SRP challenge without parameters', { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: {} }],
  ])('is rejected when it answers %s', async (_, answer) => {
    fake.on('InitiateAuth', json(answer));

    await expect(service.authenticate({ username: 'ann', password: PASSWORD })).rejects.toMatchObject({
      name: 'UnexpectedAnswerError',
      code: 'ANSWER_UNEXPECTED',
      status: 502,
    });
  });

  it('is rejected when its SRP values would reveal the password', async () => {
    const parameters = { SALT: '0a', SRP_B: '00', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'ann' };
    fake.on('InitiateAuth', json({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: parameters }));

    await expect(service.authenticate({ username: 'ann', password: PASSWORD })).rejects.toMatchObject({
      code: 'SRP_PROTOCOL_VIOLATED',
    });
    expect(fake.sent('RespondToAuthChallenge')).toHaveLength(0);
  });

  it('cannot cause an endless SRP exchange', async () => {
    const parameters = { SALT: '0a', SRP_B: '0b', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'ann' };
    const challenge = json({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: parameters });
    fake.on('InitiateAuth', challenge).on('RespondToAuthChallenge', challenge);

    await expect(service.authenticate({ username: 'ann', password: PASSWORD })).rejects.toMatchObject({
      code: 'ANSWER_UNEXPECTED',
    });
    expect(fake.sent('RespondToAuthChallenge').length).toBeLessThan(6);
  });

  it('may pose a challenge that this version does not support', async () => {
    fake.on('InitiateAuth', json({ ChallengeName: 'RETINA_SCAN', Session: 's', ChallengeParameters: {} }));

    await expect(service.authenticate({ username: 'ann', password: PASSWORD })).rejects.toMatchObject({
      code: 'CHALLENGE_UNSUPPORTED',
      challengeName: 'RETINA_SCAN',
    });
  });

  it('passes on the message of a trigger', async () => {
    fake.on('SignUp', exception('UserLambdaValidationException', 'PreSignUp failed with error Only staff may join.'));

    await expect(service.register({ username: 'ann', password: PASSWORD })).rejects.toMatchObject({
      code: 'TRIGGER_REFUSED',
      trigger: 'PreSignUp',
      message: 'Only staff may join',
    });
  });
});
