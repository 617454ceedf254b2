import { inspect } from 'node:util';

import { CognitoClient, type CognitoClientOptions } from '../../lib/client/cognito-client.js';
import { MandateError } from '../../lib/errors/mandate-error.js';
import { cutShort, exception, FakeService, json, raw, reset, silence, type Reply } from './fake-service.js';

const USER = { Username: 'ann', UserAttributes: [] };
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.c2VjcmV0LXRva2Vu.c2lnbmF0dXJl';

describe('CognitoClient', () => {
  let service: FakeService;
  let client: CognitoClient;
  let waits: number[];

  const connect = (options: Partial<CognitoClientOptions> = {}): CognitoClient => {
    waits = [];
    return new CognitoClient(
      { region: 'eu-west-1', endpoint: service.endpoint, ...options },
      {
        random: () => 1,
        wait: (milliseconds) => {
          waits.push(milliseconds);
          return Promise.resolve();
        },
      },
    );
  };

  beforeEach(async () => {
    service = await FakeService.start();
    client = connect();
  });

  afterEach(async () => {
    client.destroy();
    await service.stop();
  });

  const failure = async (call: Promise<unknown>): Promise<MandateError> => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(MandateError);
    return error as MandateError;
  };

  it('sends the operation unsigned and returns its result', async () => {
    service.on('GetUser', json({ ...USER, UserMFASettingList: ['SMS_MFA'] }));

    const answer = await client.send('GetUser', { AccessToken: TOKEN });

    expect(answer).toMatchObject({ Username: 'ann', UserMFASettingList: ['SMS_MFA'] });
    expect(service.sent('GetUser')).toEqual([{ AccessToken: TOKEN }]);
    expect(service.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('asks for no credentials in an unsigned operation', async () => {
    const credentials = jest.fn(() => Promise.reject(new Error('no credentials here')));
    client = connect({ credentials });
    service.on('GetUser', json(USER));

    await client.send('GetUser', { AccessToken: TOKEN });

    expect(credentials).not.toHaveBeenCalled();
  });

  it('signs a privileged operation with the given credentials', async () => {
    client = connect({ credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' } });
    service.on('AdminGetUser', json(USER));

    await client.send('AdminGetUser', { UserPoolId: 'eu-west-1_AbCdEf', Username: 'ann' });

    expect(service.requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//);
  });

  it('says what to set when a privileged operation finds no credentials', async () => {
    client = connect({
      credentials: () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })),
    });

    const error = await failure(client.send('AdminGetUser', { UserPoolId: 'eu-west-1_AbCdEf', Username: 'ann' }));

    expect(error).toMatchObject({ name: 'CognitoCredentialsError', code: 'AWS_CREDENTIALS_MISSING', status: 500 });
    expect(error.message).toContain('option "credentials"');
    expect(service.requests).toHaveLength(0);
  });

  it('says the same when a provider of the application fails with an error of its own', async () => {
    client = connect({ credentials: () => Promise.reject(new Error('the vault is sealed')) });

    const error = await failure(client.send('AdminGetUser', { UserPoolId: 'eu-west-1_AbCdEf', Username: 'ann' }));

    expect(error).toMatchObject({ name: 'CognitoCredentialsError', code: 'AWS_CREDENTIALS_MISSING' });
  });

  it('does not take a request that cannot be written for an outage', async () => {
    const error = await failure(client.send('NoSuchOperation' as never, {} as never));

    expect(service.requests).toEqual([]);
    expect(error.code).toBe('ARGUMENT_INVALID');
  });

  it.each<[string, object | undefined, string]>([
    ['the key id alone', { accessKeyId: 'AKIDEXAMPLE' }, 'AWS_CREDENTIALS_INVALID'],
    ['the secret alone', { secretAccessKey: 'very-secret' }, 'AWS_CREDENTIALS_INVALID'],
    ['an empty secret', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: '' }, 'AWS_CREDENTIALS_INVALID'],
    ['an empty object', {}, 'AWS_CREDENTIALS_MISSING'],
    ['nothing', undefined, 'AWS_CREDENTIALS_MISSING'],
  ])('does not take half of the credentials for an outage: %s', async (_, value, code) => {
    const credentials = jest.fn(() => Promise.resolve(value as never));
    for (const given of [credentials, ...(value === undefined ? [] : [value as never])]) {
      client = connect({ credentials: given });

      const error = await failure(client.send('AdminGetUser', { UserPoolId: 'eu-west-1_a', Username: 'ann' }));

      expect([error.code, error.status]).toEqual([code, 500]);
      expect(error.message).toContain('option "credentials"');
      expect(inspect(error, { depth: Infinity })).not.toContain('very-secret');
    }
    expect([credentials.mock.calls.length, waits, service.requests]).toEqual([1, [], []]);
  });

  it('shows its credentials in no dump', async () => {
    client = connect({ credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'very-secret' } });
    service.on('GetUser', json(USER));
    await client.send('GetUser', { AccessToken: TOKEN });

    expect(inspect(client, { depth: Infinity, showHidden: true }) + JSON.stringify(client)).not.toContain(
      'very-secret',
    );
  });

  it('does not begin a pause that outlasts the call', async () => {
    client = connect({ retry: { maxAttempts: 9, baseDelay: 4_000, maxDelay: 4_000 }, callTimeout: 3_000 });
    service.on('GetUser', exception('TooManyRequestsException', 'Rate exceeded'));

    const error = await failure(client.send('GetUser', { AccessToken: TOKEN }));

    expect([error.code, waits]).toEqual(['TOO_MANY_REQUESTS', []]);
  });

  it('gives the SDK client away for what has no method here', async () => {
    service.on('GetUser', exception('TooManyRequestsException', 'Rate exceeded'), json(USER));
    const { GetUserCommand } = await import('@aws-sdk/client-cognito-identity-provider');

    const answer = await (await client.sdk()).send(new GetUserCommand({ AccessToken: TOKEN }));

    expect(answer.Username).toBe('ann');
    expect(waits).toHaveLength(1);
  });

  it('opens new connections after destroy', async () => {
    service.on('GetUser', json(USER));
    await client.send('GetUser', { AccessToken: TOKEN });
    client.destroy();

    await expect(client.send('GetUser', { AccessToken: TOKEN })).resolves.toMatchObject({ Username: 'ann' });
  });

  describe('errors', () => {
    it.each([
      ['NotAuthorizedException', 'Incorrect username or password.', 'CREDENTIALS_INVALID', 401],
      ['NotAuthorizedException', 'Access Token has expired', 'ACCESS_TOKEN_EXPIRED', 401],
      ['NotAuthorizedException', 'something new', 'NOT_AUTHORIZED', 401],
      ['UserNotFoundException', 'User does not exist.', 'USER_NOT_FOUND', 404],
      ['LimitExceededException', 'Attempt limit exceeded, please try after some time.', 'ATTEMPTS_EXCEEDED', 429],
      ['SomethingNewException', 'Never seen before.', 'SERVICE_ERROR_UNKNOWN', 502],
      ['UnrecognizedClientException', 'The security token is invalid.', 'AWS_CREDENTIALS_INVALID', 500],
    ] as const)('translates %s "%s"', async (name, message, code, status) => {
      service.on('GetUser', exception(name, message));

      const error = await failure(client.send('GetUser', { AccessToken: TOKEN }));

      expect(error).toMatchObject({
        name: 'CognitoServiceError',
        code,
        status,
        exception: name,
        operation: 'GetUser',
        requestId: 'request-1',
        trigger: undefined,
      });
      expect(error.message.startsWith(message)).toBe(true);
      expect(error.cause).toBeInstanceOf(Error);
    });

    it.each([
      [
        'UserLambdaValidationException',
        'PreSignUp failed with error Only staff may join.',
        'TRIGGER_REFUSED',
        'PreSignUp',
        'Only staff may join',
      ],
      ['UserLambdaValidationException', 'PreSignUp failed with error No..', 'TRIGGER_REFUSED', 'PreSignUp', 'No.'],
      [
        'UnexpectedLambdaException',
        'CustomMessage invocation failed due to error Timeout.',
        'TRIGGER_FAILED',
        'CustomMessage',
        'Timeout',
      ],
      [
        'InvalidLambdaResponseException',
        'Unrecognizable lambda output',
        'TRIGGER_RESPONSE_INVALID',
        undefined,
        'Unrecognizable lambda output',
      ],
    ] as const)('tells the trigger apart from its message: %s "%s"', async (name, text, code, trigger, message) => {
      service.on('SignUp', exception(name, text));

      const error = await failure(client.send('SignUp', { ClientId: 'client', Username: 'ann' }));

      expect(error).toMatchObject({ code, trigger, message });
    });

    it('says where to set the secret that is missing', async () => {
      service.on(
        'SignUp',
        exception('NotAuthorizedException', 'Client x is configured with secret but SECRET_HASH was not received'),
      );

      const error = await failure(client.send('SignUp', { ClientId: 'x', Username: 'ann' }));

      expect(error.code).toBe('SECRET_HASH_MISSING');
      expect(error.message).toContain('option "clientSecret"');
    });

    it.each<[string, Reply]>([
      ['an HTML page', raw('<html>Bad gateway</html>')],
      ['an HTML page with 502', raw('<html>Bad gateway</html>', 502)],
      ['JSON that breaks off', raw(`{"AccessToken":"${TOKEN}`, 200, 'application/x-amz-json-1.1')],
      ['an answer that breaks off', cutShort(`{"AccessToken":"${TOKEN}`)],
      ['an error without a name', json({ message: 'oops' }, 400)],
      ['a reset connection', reset()],
    ])('calls the service unavailable after %s', async (_, reply) => {
      service.on('GetUser', reply);

      const error = await failure(client.send('GetUser', { AccessToken: TOKEN }));

      expect(error).toMatchObject({ name: 'CognitoUnavailableError', code: 'SERVICE_UNAVAILABLE', status: 503 });
      expect(error.message).toMatch(/^GetUser: /);
      expect(JSON.stringify([error.message, String(error.cause)])).not.toContain('eyJ');
    });

    it('calls the service unavailable when nobody listens', async () => {
      client = connect();
      await service.stop();

      const error = await failure(client.send('SignUp', { ClientId: 'client', Username: 'ann' }));

      expect(error).toMatchObject({ name: 'CognitoUnavailableError', code: 'SERVICE_UNAVAILABLE' });
      expect(waits).toHaveLength(2);
      service = await FakeService.start();
    });

    it('calls the service unavailable when it does not answer in time', async () => {
      client = connect({ requestTimeout: 50, retry: { maxAttempts: 1 } });
      service.on('GetUser', silence());

      const error = await failure(client.send('GetUser', { AccessToken: TOKEN }));

      expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'GetUser: Cognito did not answer in time.' });
    });

    it('bounds the whole call', async () => {
      client = connect({ callTimeout: 50 });
      service.on('GetUser', silence());

      const error = await failure(client.send('GetUser', { AccessToken: TOKEN }));

      expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'GetUser: Cognito did not answer in time.' });
      expect(service.requests).toHaveLength(1);
    });
  });

  describe('retries', () => {
    it('retries throttling with growing, capped delays', async () => {
      client = connect({ retry: { maxAttempts: 5, baseDelay: 100, maxDelay: 300 } });
      const throttled = exception('TooManyRequestsException', 'Rate exceeded');
      service.on('RespondToAuthChallenge', throttled, throttled, throttled, throttled, json({}));

      await client.send('RespondToAuthChallenge', { ClientId: 'client', ChallengeName: 'SMS_MFA' });

      expect(waits).toEqual([100, 200, 300, 300]);
    });

    it('gives up after the last attempt', async () => {
      service.on('GetUser', exception('TooManyRequestsException', 'Rate exceeded'));

      const error = await failure(client.send('GetUser', { AccessToken: TOKEN }));

      expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
      expect(service.requests).toHaveLength(3);
    });

    it('does not retry "Attempt limit exceeded"', async () => {
      service.on('ForgotPassword', exception('LimitExceededException', 'Attempt limit exceeded'));

      await failure(client.send('ForgotPassword', { ClientId: 'client', Username: 'ann' }));

      expect(service.requests).toHaveLength(1);
    });

    const LOST: [string, Reply][] = [
      ['a reset connection', reset()],
      ['an internal error', exception('InternalErrorException', 'Oops', 500)],
      ['a gateway that answers', raw('<html>', 503)],
    ];

    it.each(LOST)('reads again after %s', async (_, reply) => {
      service.on('GetUser', reply, json(USER));

      await expect(client.send('GetUser', { AccessToken: TOKEN })).resolves.toMatchObject({ Username: 'ann' });
      expect(service.requests).toHaveLength(2);
    });

    describe.each(LOST)('after %s', (_, reply) => {
      it.each([
        ['RespondToAuthChallenge', { ClientId: 'client', ChallengeName: 'SMS_MFA', Session: 'single use' }],
        ['GetTokensFromRefreshToken', { ClientId: 'client', RefreshToken: 'rotating' }],
        ['ConfirmSignUp', { ClientId: 'client', Username: 'ann', ConfirmationCode: '123456' }],
        ['SignUp', { ClientId: 'client', Username: 'ann' }],
        ['InitiateAuth', { ClientId: 'client', AuthFlow: 'USER_AUTH', Session: 'single use' }],
        ['InitiateAuth', { ClientId: 'client', AuthFlow: 'USER_PASSWORD_AUTH' }],
      ] as const)('does not replay %s %j', async (operation, input) => {
        service.on(operation, reply, json({}));

        const error = await failure(client.send(operation, input));

        expect(error.status).toBeGreaterThanOrEqual(502);
        expect(service.requests).toHaveLength(1);
      });

      it('begins SRP again, which leaves nothing behind', async () => {
        service.on('InitiateAuth', reply, json({}));

        await client.send('InitiateAuth', { ClientId: 'client', AuthFlow: 'USER_SRP_AUTH' });

        expect(service.requests).toHaveLength(2);
      });
    });
  });
});
