import type { TokenSet } from 'mandate';
import type { LocalCognito } from 'mandate/testing';

import { describeWithRedis, RedisServer } from '../../../test/support/redis-server.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';
import { Instance } from './instance.js';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

describeWithRedis('the Redis revocation sample with two instances', () => {
  const started: { stop(): Promise<unknown> }[] = [];
  let redis: RedisServer;
  let cognito: LocalCognito;
  let one: Instance;
  let two: Instance;

  const signIn = async (at: Instance, user: Credentials = DEMO_USER): Promise<TokenSet> => {
    const { status, body } = await at.post('/auth/authenticate', user);
    expect([status, body]).toEqual([200, expect.objectContaining({ status: 'AUTHENTICATED' })]);
    return body['tokens'] as TokenSet;
  };
  const me = async (at: Instance, { accessToken }: TokenSet) => at.get('/me', accessToken);
  const revoked = { status: 401, body: expect.objectContaining({ code: 'TOKEN_REVOKED' }) };

  beforeAll(async () => {
    started.push((redis = await RedisServer.start()), (cognito = await startEmbeddedCognito()));
    const environment = { ...environmentOf(cognito), REDIS_URL: redis.url };
    started.push((one = await Instance.start('one', environment)), (two = await Instance.start('two', environment)));
  }, 60_000);

  afterAll(async () => {
    // Whatever the state: a process that still runs would keep this one from exiting.
    const ends = await Promise.all(started.reverse().map(async (each) => each.stop()));
    expect(ends.filter((exitCode) => typeof exitCode === 'number')).toEqual([0, 0]);
  });

  it('ends one sign-in on one instance: the other rejects it at once and still accepts the other sign-in', async () => {
    const [phone, laptop] = [await signIn(one), await signIn(two)];
    expect(await me(one, phone)).toEqual({ status: 200, body: { username: 'demo', answeredBy: 'one' } });
    expect(await me(two, phone)).toEqual({ status: 200, body: { username: 'demo', answeredBy: 'two' } });

    const { refreshToken, accessToken } = phone;
    expect(await one.post('/auth/sign-out', { refreshToken }, accessToken)).toMatchObject({ status: 204 });
    expect(await me(two, phone)).toEqual(revoked);
    expect(await me(one, phone)).toEqual(revoked);
    expect(await me(one, laptop)).toMatchObject({ status: 200 });
    expect(await me(two, laptop)).toMatchObject({ status: 200 });
  });

  it('ends all sign-ins on one instance: the other rejects every token of the user at once', async () => {
    const tokens = [await signIn(one), await signIn(two)];
    for (const each of tokens) {
      expect(await me(one, each)).toMatchObject({ status: 200 });
    }
    expect(await two.post('/auth/logout', {}, tokens[0]?.accessToken)).toMatchObject({ status: 204 });
    for (const each of tokens) {
      expect(await me(one, each)).toEqual(revoked);
      expect(await me(two, each)).toEqual(revoked);
    }
  });

  it('responds with 503 while Redis does not answer', async () => {
    const ann = { username: 'ann', password: 'Correct-Horse-9' };
    cognito.pool().createUser(ann);
    const tokens = await signIn(one, ann);
    expect(await me(two, tokens)).toMatchObject({ status: 200 });
    redis.freeze();
    try {
      expect(await me(two, tokens)).toMatchObject({ status: 503, body: { code: 'REVOCATION_CHECK_FAILED' } });
    } finally {
      redis.thaw();
    }
  });
});
