import type { Handler, PreSignUpTriggerHandler } from 'aws-lambda';

import type { PreSignUpEvent, Trigger, TriggerContext, Triggers } from '../../lib/testing/index.js';
import { AuthClient } from './auth-client.js';
import { type LocalService, startLocalService } from './local-service.js';
import { call, type WireAnswer } from './wire.js';

const UNRECOGNIZABLE = { __type: 'InvalidLambdaResponseException', message: 'Unrecognizable lambda output' };
/** What Node and the HTTP client need to keep going while the limit's timer is under the test's control. */
const REAL = [
  'nextTick',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'Date',
  'queueMicrotask',
] as const;

describe('handlers of triggers', () => {
  let service: LocalService;
  const triggers: Triggers = {};
  let users = 0;

  beforeAll(async () => {
    service = await startLocalService({ pools: [{ name: 'pool', triggers }] });
  });

  afterAll(() => service.stop());

  afterEach(() => {
    for (const name of Object.keys(triggers)) {
      Reflect.deleteProperty(triggers, name);
    }
  });

  async function signUp(preSignUp: Trigger<PreSignUpEvent>): Promise<WireAnswer> {
    triggers.preSignUp = preSignUp;
    const pool = service.cognito.pool();
    return call(service.cognito.endpoint, 'SignUp', {
      ClientId: pool.client().id,
      Username: `user-${(users += 1)}`,
      Password: 'Correct-Horse-9',
    });
  }

  const confirmed = (event: PreSignUpEvent): PreSignUpEvent => {
    event.response.autoConfirmUser = true;
    return event;
  };
  const later = (run: () => void): void => {
    setImmediate(run);
  };

  const WAYS_TO_END: [string, Trigger<PreSignUpEvent>][] = [
    ['return the event', confirmed],
    ['return a promise', async (event) => Promise.resolve(confirmed(event))],
    [
      'call back',
      (event, _context, callback) => {
        callback(null, confirmed(event));
      },
    ],
    [
      'call back later',
      (event, _context, callback) => {
        later(() => {
          callback(null, confirmed(event));
        });
      },
    ],
    [
      'call context.done',
      (event, context) => {
        later(() => {
          context.done(null, confirmed(event));
        });
      },
    ],
    [
      'call context.succeed',
      (event, context) => {
        context.succeed(confirmed(event));
      },
    ],
  ];

  it.each(WAYS_TO_END)('may %s', async (_way, handler) => {
    expect((await signUp(handler)).body).toMatchObject({ UserConfirmed: true });
  });

  it('may have the types of @types/aws-lambda', async () => {
    const handler: PreSignUpTriggerHandler = (event, _context, callback) => {
      event.response.autoConfirmUser = event.triggerSource === 'PreSignUp_SignUp';
      callback(null, event);
    };
    expect((await signUp(handler)).body).toMatchObject({ UserConfirmed: true });
    const anyHandler: Handler<PreSignUpEvent, PreSignUpEvent> = async (event) => Promise.resolve(confirmed(event));
    expect((await signUp(anyHandler)).body).toMatchObject({ UserConfirmed: true });
  });

  const FAILURES: [string, Trigger<PreSignUpEvent>, string][] = [
    [
      'throws',
      () => {
        throw new Error('not you');
      },
      'not you',
    ],
    ['rejects', async () => Promise.reject(new Error('not you')), 'not you'],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a handler may
    ['rejects with a text', async () => Promise.reject('not you'), 'not you'],
    [
      'calls back with an error',
      (_event, _context, callback) => {
        callback(new Error('not you'));
      },
      'not you',
    ],
    [
      'calls back with a text',
      (_event, _context, callback) => {
        callback('not you');
      },
      'not you',
    ],
    [
      'calls context.fail',
      (_event, context) => {
        context.fail(new Error('not you'));
      },
      'not you',
    ],
    ['returns what is no JSON', () => ({ response: { big: 1n } }) as never, 'Unable to stringify response body'],
  ];

  it.each(FAILURES)('refuse the call when one %s', async (_way, handler, text) => {
    const { status, body } = await signUp(handler);
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: 'UserLambdaValidationException',
      message: `PreSignUp failed with error ${text}.`,
    });
  });

  it('are not tried again after an error of their own', async () => {
    let runs = 0;
    await signUp(() => {
      runs += 1;
      throw new Error('not you');
    });
    expect(runs).toBe(1);
  });

  it('have long error texts cut', async () => {
    const { body } = await signUp(() => {
      throw new Error('x'.repeat(20_000));
    });
    expect(body['message']).toBe(`PreSignUp failed with error ${'x'.repeat(1024)}.`);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'ok'],
    ['a list', []],
    ['an empty object', {}],
    ['no response', { version: '1' }],
    ['a response that is null', { response: null }],
    ['a response that is a text', { response: 'ok' }],
    ['a member of another type', { response: { autoConfirmUser: 'yes' } }],
  ])('must not return %s', async (_what, output) => {
    expect((await signUp(() => output as never)).body).toEqual(UNRECOGNIZABLE);
    expect((await signUp(async () => Promise.resolve(output as never))).body).toEqual(UNRECOGNIZABLE);
  });

  it('must return the event: changing it is not enough', async () => {
    const { body } = await signUp((event: PreSignUpEvent) => {
      event.response.autoConfirmUser = true;
    });
    expect(body).toEqual(UNRECOGNIZABLE);
  });

  it('may leave members out or null', async () => {
    const { body } = await signUp((event) => ({ ...event, response: { autoConfirmUser: null } as never }));
    expect(body).toMatchObject({ UserConfirmed: false });
  });

  it.each<[keyof Triggers, object]>([
    ['defineAuthChallenge', { issueTokens: 'true' }],
    ['defineAuthChallenge', { challengeName: 1 }],
    ['preTokenGeneration', { claimsOverrideDetails: { claimsToSuppress: 'email' } }],
    ['preTokenGeneration', { claimsOverrideDetails: [] }],
    ['preTokenGenerationV2', { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: 'a' } } }],
    ['preTokenGenerationV2', { claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: [1] } } }],
  ])('%s must not respond with %j', async (name, response) => {
    service.cognito.pool().createUser({ username: `user-${(users += 1)}`, password: 'Correct-Horse-9' });
    Object.assign(triggers, { [name]: (event: object) => ({ ...event, response }) });
    const client = new AuthClient(service, 'public', 'pool');
    const parameters = { USERNAME: `user-${users}`, PASSWORD: 'Correct-Horse-9' };
    const flow = name === 'defineAuthChallenge' ? 'CUSTOM_AUTH' : 'USER_PASSWORD_AUTH';
    await expect(client.initiate(flow, parameters)).rejects.toMatchObject({
      name: 'InvalidLambdaResponseException',
    });
  });

  it('receive copies', async () => {
    service.cognito.pool().createUser({ username: 'copied', password: 'Correct-Horse-9', attributes: { name: 'Ann' } });
    triggers.preAuthentication = (event) => {
      event.request.userAttributes['name'] = 'Bob';
      return event;
    };
    const seen: unknown[] = [];
    triggers.postAuthentication = (event) => {
      seen.push(event.request.userAttributes['name']);
      return event;
    };
    await new AuthClient(service, 'public', 'pool').password('copied', 'Correct-Horse-9');
    expect(seen).toEqual(['Ann']);
  });

  it('receive the context of AWS Lambda', async () => {
    let seen: TriggerContext | undefined;
    await signUp((event, context) => {
      seen = context;
      return event;
    });
    expect(seen).toMatchObject({
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'pool-preSignUp',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:pool-preSignUp',
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
    const left = seen?.getRemainingTimeInMillis() ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5000);
  });

  it('have five seconds', async () => {
    let runs = 0;
    let hanging: Trigger<PreSignUpEvent> = confirmed;
    const started = new Promise<void>((resolve) => {
      hanging = async () => {
        runs += 1;
        jest.useFakeTimers({ doNotFake: [...REAL] });
        later(resolve);
        return new Promise<PreSignUpEvent>(() => undefined);
      };
    });
    try {
      const answer = signUp(hanging);
      await started;
      let isOver = false;
      void answer.then(() => (isOver = true));
      await jest.advanceTimersByTimeAsync(4900);
      expect(isOver).toBe(false);
      await jest.advanceTimersByTimeAsync(200);
      jest.useRealTimers();
      const { status, body } = await answer;
      expect([status, body]).toEqual([
        400,
        {
          __type: 'UnexpectedLambdaException',
          message: 'PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.',
        },
      ]);
      expect(runs).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });
});
