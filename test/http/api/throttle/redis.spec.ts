import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';

import { describeWithRedis, RedisServer } from '../../../support/redis-server.js';
import { ApiApp } from '../support/api-app.js';

const MINUTE = 60_000;

describeWithRedis('the limits of two instances with one real Redis', () => {
  let redis: RedisServer;
  const clients: Redis[] = [];
  const instances: ApiApp[] = [];
  const start = async (limit: number) => {
    const client = new Redis(redis.url);
    client.on('error', () => undefined);
    clients.push(client);
    // #region redis
    const throttle = {
      storage: new ThrottlerStorageRedisService(client), // client: new Redis(url) of ioredis
      limits: { forgotPassword: { address: null, user: { limit, ttl: MINUTE } } }, // milliseconds
    };
    // #endregion
    const api = await ApiApp.start({ api: { throttle } });
    instances.push(api);
    return api;
  };
  const forgot = async (api: ApiApp, username = 'eve') => api.client().call('post', 'forgot-password', { username });

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterAll(() => redis.stop());

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(instances.splice(0).map(async (api) => api.stop()));
    clients.splice(0).forEach((client) => {
      client.disconnect();
    });
  });

  it('count together, hold nothing of the user, and forget by themselves', async () => {
    const [one, two] = [await start(2), await start(2)];
    expect([(await forgot(one)).status, (await forgot(two)).status]).toEqual([202, 202]);
    const refused = [await forgot(one), await forgot(two)];
    expect(refused.map(({ status }) => status)).toEqual([429, 429]);
    for (const { headers } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(50);
    }
    const [client = new Redis(redis.url)] = clients;
    const keys = await client.keys('*');
    expect(keys.sort()).toEqual([
      expect.stringMatching(/^\{mandate:default:forgotPassword:user:[\w-]{43}:mandate\}:blocked$/),
      expect.stringMatching(/^\{mandate:default:forgotPassword:user:[\w-]{43}:mandate\}:hits$/),
    ]);
    for (const key of keys) {
      expect(await client.pttl(key)).toBeGreaterThan(0);
    }
  });

  it('go on by themselves while Redis does not answer', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const [one, two] = [await start(2), await start(2)];
    redis.freeze();
    try {
      const statuses = [];
      for (const api of [one, one, one, two]) {
        statuses.push((await forgot(api, 'ann')).status);
      }
      expect(statuses).toEqual([202, 202, 429, 202]);
      expect(logged).toHaveBeenCalledTimes(2);
    } finally {
      redis.thaw();
    }
  });
});
