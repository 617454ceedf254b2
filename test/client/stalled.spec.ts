import { CognitoClient, type CognitoClientOptions } from '../../lib/client/cognito-client.js';
import { FakeService, json, silence } from './fake-service.js';

/** Blocks the event loop, as a large JSON text or a synchronous call does. */
function stall(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const TIMEOUTS: [string, Partial<CognitoClientOptions>][] = [
  ['request', { requestTimeout: 1_000 }],
  ['call', { callTimeout: 1_000 }],
];

describe.each(TIMEOUTS)('the timeout of a %s', (_, options) => {
  let fake: FakeService;
  let client: CognitoClient;

  beforeEach(async () => {
    fake = await FakeService.start();
    client = new CognitoClient({
      region: 'eu-west-1',
      endpoint: fake.endpoint,
      retry: { maxAttempts: 1 },
      ...options,
    });
  });

  afterEach(async () => {
    client.destroy();
    await fake.stop();
  });

  const getUser = () => client.send('GetUser', { AccessToken: 'token' });

  it('does not count the time in which the process could not run', async () => {
    fake.on('GetUser', json({ Username: 'ann', UserAttributes: [] }), (response, request) => {
      // The request is under way, and the answer is written after the stall.
      stall(1_500);
      json({ Username: 'bob', UserAttributes: [] })(response, request);
    });
    await getUser();

    await expect(getUser()).resolves.toMatchObject({ Username: 'bob' });
  });

  it('ends a call that is not answered', async () => {
    fake.on('GetUser', silence());

    await expect(getUser()).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('did not answer in time') as string,
    });
  });
});
