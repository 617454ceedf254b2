import { CognitoClient } from '../../lib/client/cognito-client.js';
import { exception, FakeService, json, raw, type Reply } from './fake-service.js';

const CALLS = 700;

describe('the retries of all calls of a client', () => {
  let fake: FakeService;
  let client: CognitoClient;

  beforeEach(async () => {
    fake = await FakeService.start();
    // On a busy machine 700 requests at once take longer than the default, and a request that timed out is not counted.
    const timeouts = { requestTimeout: 100_000, callTimeout: 100_000 };
    client = new CognitoClient(
      { region: 'eu-west-1', endpoint: fake.endpoint, ...timeouts },
      { wait: () => Promise.resolve() },
    );
  });

  afterEach(async () => {
    client.destroy();
    await fake.stop();
  });

  const call = (times: number): Promise<PromiseSettledResult<unknown>[]> =>
    Promise.allSettled(Array.from({ length: times }, () => client.send('GetUser', { AccessToken: 'token' })));

  it.each<[string, Reply, number]>([
    ['an outage', raw('<html>', 503), 35],
    ['throttling', exception('TooManyRequestsException', 'Rate exceeded'), 100],
  ])('are few in %s', async (_, reply, retries) => {
    fake.on('GetUser', reply);

    const outcomes = await call(CALLS);

    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(fake.requests).toHaveLength(CALLS + retries);
    await call(10);
    expect(fake.requests).toHaveLength(CALLS + retries + 10);
  });

  it('are few when no connection is accepted', async () => {
    const dead = await FakeService.start();
    const { endpoint } = dead;
    await dead.stop();
    let waits = 0;
    const unconnected = new CognitoClient(
      { region: 'eu-west-1', endpoint },
      { wait: () => Promise.resolve((waits += 1)) },
    );

    await Promise.allSettled(
      Array.from({ length: CALLS }, () => unconnected.send('SignUp', { ClientId: 'client', Username: 'ann' })),
    );

    expect(waits).toBe(35);
  });

  it.each<[string, Reply]>([
    ['results', json({ Username: 'ann', UserAttributes: [] })],
    ['refusals', exception('UserNotFoundException', 'User does not exist.')],
  ])('are possible again after %s', async (_, reply) => {
    const broken = raw('<html>', 503);
    fake.on('GetUser', broken);
    await call(CALLS);
    fake.on('GetUser', reply);
    await call(14);
    fake.requests.length = 0;
    fake.on('GetUser', broken);

    await call(2);

    expect(fake.requests).toHaveLength(3);
  });

  it('cost nothing when they succeed', async () => {
    const answer = json({ Username: 'ann', UserAttributes: [] });
    for (let times = 0; times < 60; times += 1) {
      fake.on('GetUser', raw('<html>', 503), answer);
      await expect(client.send('GetUser', { AccessToken: 'token' })).resolves.toMatchObject({ Username: 'ann' });
    }
  });
});
