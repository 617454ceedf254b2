import { Logger } from '@nestjs/common';

import { AvailableStorage } from '../../../../lib/http/api/throttle/available-storage.js';
import { AuthApiThrottle } from '../../../../lib/http/api/throttle/auth-api-throttle.js';
import { createMemoryStorage } from '../../../../lib/http/api/throttle/memory-storage.js';
import type { AuthApiThrottleStorage } from '../../../../lib/http/index.js';
import { ApiApp } from '../support/api-app.js';

type Hit = Parameters<AuthApiThrottleStorage['increment']>;

const hit = (key: string): Hit => [key, 60_000, 1, 60_000, 'mandate'];
const ANSWER = { totalHits: 1, timeToExpire: 60, isBlocked: false, timeToBlockExpire: 0 };

describe('the storage in memory', () => {
  it('starts again when it is full, and holds no more than its capacity', async () => {
    const memory = createMemoryStorage(3);
    try {
      await memory.increment(...hit('a'));
      expect((await memory.increment(...hit('a'))).isBlocked).toBe(true);
      await memory.increment(...hit('b'));
      await memory.increment(...hit('c'));
      expect((await memory.increment(...hit('a'))).isBlocked).toBe(true);
      await memory.increment(...hit('d'));
      expect((await memory.increment(...hit('a'))).isBlocked).toBe(false);
    } finally {
      memory.stop();
    }
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const cleared = jest.spyOn(globalThis, 'clearInterval');
    const before = timers();
    const memory = createMemoryStorage(1);
    await memory.increment(...hit('a'));
    await memory.increment(...hit('b'));
    memory.stop();
    expect(timers()).toBe(before);
    expect(cleared).toHaveBeenCalledTimes(2);
    cleared.mockRestore();
  });
});

describe('a shared storage that fails', () => {
  let logged: jest.SpyInstance;
  const memory = createMemoryStorage();

  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    memory.stop();
  });

  it('is replaced by the memory of the process: limits hold, and it is said once', async () => {
    let fault: Error | undefined = new Error('Connection is closed.');
    const shared = {
      increment: async () => (fault === undefined ? Promise.resolve(ANSWER) : Promise.reject(fault)),
    };
    const storage = new AvailableStorage({ shared, memory });
    expect((await storage.increment(...hit('a'))).isBlocked).toBe(false);
    expect((await storage.increment(...hit('a'))).isBlocked).toBe(true);
    expect(logged.mock.calls).toEqual([
      [
        'The storage of the limits fails, so that each instance counts for itself until it answers again: Connection is closed.',
      ],
    ]);
    fault = undefined;
    expect(await storage.increment(...hit('a'))).toEqual(ANSWER);
    fault = new Error('again');
    await storage.increment(...hit('b'));
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('is not waited for, and asked again after a second', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    try {
      let asked = 0;
      const shared = {
        increment: async () => {
          asked++;
          return new Promise<never>(() => undefined);
        },
      };
      const storage = new AvailableStorage({ shared, memory });
      const first = storage.increment(...hit('c'));
      await jest.advanceTimersByTimeAsync(600);
      expect((await first).totalHits).toBe(1);
      expect((await storage.increment(...hit('c'))).isBlocked).toBe(true);
      expect(asked).toBe(1);
      await jest.advanceTimersByTimeAsync(1_000);
      const second = storage.increment(...hit('d'));
      await jest.advanceTimersByTimeAsync(600);
      await second;
      expect(asked).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('lets users sign in, and delays guesses', async () => {
    const storage = { increment: async () => Promise.reject(new Error('down')) };
    const throttle = { storage, limits: { authenticate: { user: { limit: 1, ttl: 60_000 } } } };
    const api = await ApiApp.start({ api: { throttle } });
    try {
      const call = async () =>
        api.client().call('post', 'authenticate', { username: 'eve', password: 'Correct-Horse-8' });
      expect([(await call()).status, (await call()).status]).toEqual([200, 429]);
    } finally {
      await api.stop();
    }
  });
});

describe('a storage that counts on while a key is blocked, as those on Redis do', () => {
  it('is not asked then, so that the delay ends', async () => {
    let now = 0;
    const asked: Hit[] = [];
    const storage = {
      increment: async (...call: Hit) => {
        asked.push(call);
        return Promise.resolve({ ...ANSWER, isBlocked: asked.length === 2, timeToBlockExpire: 60 });
      },
    };
    const limits = { register: { address: null, user: { limit: 1, ttl: 60_000 } } };
    const throttle = new AuthApiThrottle({ pool: 'a', options: { limits }, storage, clock: () => now });
    const check = async () => throttle.check('register', { request: {}, response: {} }, 'Ann');
    await check();
    await expect(check()).rejects.toMatchObject({ code: 'REQUESTS_THROTTLED', retryAfterSeconds: 60 });
    now = 59_500;
    await expect(check()).rejects.toMatchObject({ retryAfterSeconds: 1 });
    now = 60_000;
    await check();
    expect(asked).toHaveLength(3);
  });

  it('never learns who the users are', async () => {
    const keys: string[] = [];
    const storage = {
      increment: async (key: string) => {
        keys.push(key);
        return Promise.resolve(ANSWER);
      },
    };
    const throttle = new AuthApiThrottle({ pool: 'users', options: {}, storage });
    await throttle.check('register', { request: { ip: '192.0.2.1' }, response: {} }, 'ann@example.com');
    expect(keys).toEqual([
      expect.stringMatching(/^mandate:users:register:address:[\w-]{43}$/),
      expect.stringMatching(/^mandate:users:register:user:[\w-]{43}$/),
    ]);
  });
});
