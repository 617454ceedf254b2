import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type LambdaConfigType,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import type { LocalCognitoOptions, PreSignUpEvent } from '../../lib/testing/index.js';
import { AuthClient } from './auth-client.js';
import { type LocalService, startLocalService } from './local-service.js';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:pre-sign-up';

interface Invocation {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly event: PreSignUpEvent;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A Lambda endpoint that answers as a test says. */
class FakeLambda {
  readonly invocations: Invocation[] = [];
  answer: (event: PreSignUpEvent, attempt: number) => Answer | 'reset' = (event) => ({ body: event });
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const event = JSON.parse(Buffer.concat(chunks).toString()) as PreSignUpEvent;
        this.invocations.push({ path: `${request.method} ${request.url}`, headers: request.headers, event });
        const answer = this.answer(event, this.invocations.length);
        if (answer === 'reset') {
          request.socket.destroy();
          return;
        }
        const { status = 200, headers = {}, body } = answer;
        response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body ?? null));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const confirmed = (event: PreSignUpEvent): Answer => ({
  body: { ...event, response: { ...event.response, autoConfirmUser: true } },
});

describe('LambdaConfig', () => {
  let lambda: FakeLambda;
  let endpoint: string;
  let service: LocalService | undefined;
  let users = 0;

  beforeEach(async () => {
    lambda = new FakeLambda();
    endpoint = await lambda.start();
  });

  afterEach(async () => {
    await service?.stop();
    service = undefined;
    await lambda.stop();
  });

  /** Signs up to a pool that a client created. */
  async function signUp(LambdaConfig: LambdaConfigType, options: LocalCognitoOptions = { lambda: endpoint }) {
    service ??= await startLocalService(options);
    const { UserPool } = await service.sdk.send(
      new CreateUserPoolCommand({ PoolName: 'made-by-a-client', LambdaConfig }),
    );
    return signUpTo(UserPool?.Id ?? '');
  }

  async function signUpTo(poolId: string) {
    const { UserPoolClient } = await sdk().send(
      new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName: 'app' }),
    );
    return sdk().send(
      new SignUpCommand({
        ClientId: UserPoolClient?.ClientId ?? '',
        Username: `user-${(users += 1)}`,
        Password: 'Correct-Horse-9',
      }),
    );
  }

  const sdk = () => {
    if (service === undefined) {
      throw new Error('not started');
    }
    return service.sdk;
  };

  describe('with an endpoint', () => {
    it('invokes the function that an ARN names', async () => {
      lambda.answer = confirmed;
      expect(await signUp({ PreSignUp: ARN })).toMatchObject({ UserConfirmed: true });
      const [invocation] = lambda.invocations;
      expect(invocation?.path).toBe('POST /2015-03-31/functions/pre-sign-up/invocations');
      expect(invocation?.headers['x-amz-invocation-type']).toBe('RequestResponse');
      expect(invocation?.headers.authorization).toContain('/eu-west-1/lambda/aws4_request');
      expect(invocation?.event).toMatchObject({ version: '1', triggerSource: 'PreSignUp_SignUp' });
    });

    it('invokes the version or alias of the ARN', async () => {
      await signUp({ PreSignUp: `${ARN}:live` });
      expect(lambda.invocations[0]?.path).toBe('POST /2015-03-31/functions/pre-sign-up/invocations?Qualifier=live');
    });

    it('follows UpdateUserPool', async () => {
      await signUp({ PreSignUp: ARN });
      const poolId = lambda.invocations[0]?.event.userPoolId ?? '';
      await sdk().send(new UpdateUserPoolCommand({ UserPoolId: poolId, LambdaConfig: {} }));
      await signUpTo(poolId);
      expect(lambda.invocations).toHaveLength(1);
    });

    it('comes after the triggers of the options', async () => {
      service = await startLocalService({
        lambda: endpoint,
        pools: [
          {
            name: 'pool',
            LambdaConfig: { PreSignUp: ARN },
            triggers: { preSignUp: (event) => ({ ...event, response: { ...event.response, autoConfirmUser: true } }) },
          },
        ],
      });
      expect(await signUpTo(service.cognito.pool().id)).toMatchObject({ UserConfirmed: true });
      expect(lambda.invocations).toEqual([]);
    });

    it('invokes what an ARN among the triggers names', async () => {
      lambda.answer = confirmed;
      service = await startLocalService({ lambda: endpoint, pools: [{ name: 'pool', triggers: { preSignUp: ARN } }] });
      expect(await signUpTo(service.cognito.pool().id)).toMatchObject({ UserConfirmed: true });
    });

    it.each([
      ['X-Amz-Function-Error', { headers: { 'X-Amz-Function-Error': 'Unhandled' } }],
      ['its payload alone', {}],
    ])('refuses the call for an error of the function, told by %s', async (_way, answer) => {
      lambda.answer = () => ({ ...answer, body: { errorType: 'Error', errorMessage: 'not you', trace: [] } });
      await expect(signUp({ PreSignUp: ARN })).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: 'PreSignUp failed with error not you.',
      });
      expect(lambda.invocations).toHaveLength(1);
    });

    it.each<[string, Answer]>([
      ['null', { body: null }],
      ['no JSON', { body: '<html>' }],
      ['nothing', { body: '' }],
      ['no event', { body: {} }],
    ])('refuses a payload that is %s', async (_what, answer) => {
      lambda.answer = () => answer;
      await expect(signUp({ PreSignUp: ARN })).rejects.toMatchObject({
        name: 'InvalidLambdaResponseException',
        message: 'Unrecognizable lambda output',
      });
    });

    it.each<[string, Answer | 'reset']>([
      ['throttles', { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' } }],
      ['fails', { status: 500 }],
      ['is not there', { status: 503 }],
      ['hangs up', 'reset'],
    ])('tries three times when the endpoint %s', async (_what, failure) => {
      lambda.answer = (event, attempt) => (attempt < 3 ? failure : confirmed(event));
      expect(await signUp({ PreSignUp: ARN })).toMatchObject({ UserConfirmed: true });
      expect(lambda.invocations).toHaveLength(3);
    });

    it.each<[string, Answer, number]>([
      ['TooManyRequestsException', { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException:' } }, 3],
      ['ResourceNotFoundException', { status: 404, body: { __type: 'ResourceNotFoundException' } }, 1],
      ['AccessDeniedException', { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } }, 1],
      ['HTTP status 502', { status: 502, body: 'Bad Gateway' }, 3],
    ])('gives up with %s', async (reason, answer, tries) => {
      lambda.answer = () => answer;
      await expect(signUp({ PreSignUp: ARN })).rejects.toMatchObject({
        name: 'UnexpectedLambdaException',
        message: `PreSignUp invocation failed due to error ${reason}.`,
      });
      expect(lambda.invocations).toHaveLength(tries);
    });

    it('says that nothing listens', async () => {
      await lambda.stop();
      await expect(signUp({ PreSignUp: ARN })).rejects.toMatchObject({
        name: 'UnexpectedLambdaException',
        message: `PreSignUp invocation failed due to error The Lambda endpoint ${endpoint} cannot be reached (ECONNREFUSED).`,
      });
      await lambda.start();
    });

    it.each(['V1_0', 'V2_0', 'V3_0'] as const)('sends events of PreTokenGenerationConfig %s', async (LambdaVersion) => {
      service = await startLocalService({
        lambda: endpoint,
        pools: [
          {
            name: 'pool',
            LambdaConfig: { PreTokenGeneration: ARN, PreTokenGenerationConfig: { LambdaVersion, LambdaArn: ARN } },
            users: [{ username: 'ann', password: 'Correct-Horse-9' }],
          },
        ],
      });
      await new AuthClient(service, 'public', 'pool').password('ann', 'Correct-Horse-9');
      const versions = lambda.invocations.map(({ event }) => event.version);
      expect(versions).toEqual([LambdaVersion.slice(1, 2)]);
    });
  });

  describe('without an endpoint', () => {
    let emitWarning: jest.SpyInstance;

    beforeEach(() => {
      emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
    });

    afterEach(() => {
      emitWarning.mockRestore();
    });

    const warnings = () => (emitWarning.mock.calls as string[][]).filter(([, name]) => name === 'LocalCognitoWarning');

    it('warns once for each pool, and runs nothing', async () => {
      await signUp({ PreSignUp: ARN, PostConfirmation: ARN }, {});
      await signUp({ PreSignUp: ARN }, {});
      expect(warnings()).toEqual([
        [
          `The triggers of user pool "made-by-a-client" do not run: its LambdaConfig names ${ARN}, and there is no such function here. Set "functions" or "lambda".`,
          'LocalCognitoWarning',
        ],
        [expect.stringContaining('user pool "made-by-a-client"'), 'LocalCognitoWarning'],
      ]);
    });

    it('runs the function of that name among the options', async () => {
      const functions = {
        'pre-sign-up': (event: PreSignUpEvent) => ({
          ...event,
          response: { ...event.response, autoConfirmUser: true },
        }),
      };
      expect(await signUp({ PreSignUp: ARN }, { functions })).toMatchObject({ UserConfirmed: true });
      expect(warnings()).toEqual([]);
    });
  });
});
