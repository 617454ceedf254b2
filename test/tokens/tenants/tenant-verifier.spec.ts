import { MandateConfigurationError } from '../../../lib/errors/configuration-error.js';
import { createPoolVerifier } from '../../../lib/tokens/pool-verifier.js';
import { TenantVerifier, type TenantVerifierOptions } from '../../../lib/tokens/tenants/tenant-verifier.js';
import type { TokenEvent } from '../../../lib/tokens/token-events.js';
import { TENANT_DEFAULTS } from '../../../lib/tokens/verifier-defaults.js';
import type { Verifier } from '../../../lib/tokens/verifier.js';
import { accessToken, CLIENT_ID, ISSUER, jwks, POOL_ID, TestClock } from '../support/test-issuer.js';

const OTHER = 'https://other.example';

function setUp(options: Partial<TenantVerifierOptions> = {}) {
  const clock = new TestClock();
  const events: TokenEvent[] = [];
  const tenant = (issuer: string): Verifier =>
    createPoolVerifier({
      userPoolId: POOL_ID,
      issuer,
      acceptedClientIds: [CLIENT_ID],
      jwks: jwks(),
      clock: clock.read,
    });
  const listed = new Map([ISSUER, OTHER].map((issuer) => [issuer, tenant(issuer)]));
  const resolve = jest.fn((issuer: string) => Promise.resolve(listed.get(issuer)));
  const verifier = new TenantVerifier({
    ...TENANT_DEFAULTS,
    name: 'tenants',
    resolve,
    clock: clock.read,
    onTokenEvent: (event) => events.push(event),
    ...options,
  });
  return { verifier, resolve, clock, listed, events, tenant };
}

const refused = { code: 'TOKEN_ISSUER_REFUSED' };

describe('TenantVerifier', () => {
  it('finds the tenant of a token once and verifies with it', async () => {
    const { verifier, resolve } = setUp();
    const token = accessToken();
    expect(verifier.verifySync(token)).toBeUndefined();
    await Promise.all([verifier.verify(token), verifier.verify(token)]);
    await expect(verifier.verify(accessToken({ iss: OTHER }))).resolves.toMatchObject({ iss: OTHER });

    expect(resolve.mock.calls).toEqual([[ISSUER], [OTHER]]);
    expect(verifier.verifySync(token)).toMatchObject({ iss: ISSUER });
    await expect(verifier.verify(token, { tokenUse: 'id' })).rejects.toMatchObject({ code: 'TOKEN_USE_REFUSED' });
  });

  it('refuses an issuer that is not listed, and does not ask about it again for a while', async () => {
    const { verifier, resolve, clock, events } = setUp();
    const token = accessToken({ iss: 'https://evil.example' });
    await expect(verifier.verify(token)).rejects.toMatchObject(refused);
    await expect(verifier.verify(token)).rejects.toMatchObject(refused);
    expect(resolve).toHaveBeenCalledTimes(1);
    const rejection = { type: 'token-rejected', pool: 'tenants', code: 'TOKEN_ISSUER_REFUSED' };
    const mismatch = { expected: 'iss of a listed tenant', received: 'iss "https://evil.example"' };
    expect(events).toEqual(Array(2).fill({ ...rejection, ...mismatch }));

    clock.advance(60_000);
    await expect(verifier.accepts('https://evil.example')).resolves.toBe(false);
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it('asks again after a list that failed, at once or later', async () => {
    const resolve = jest.fn<Verifier | undefined, [string]>();
    const { verifier, tenant } = setUp({ resolve });
    resolve.mockImplementationOnce(() => {
      throw new Error('the database is down');
    });
    await expect(verifier.verify(accessToken())).rejects.toThrow('the database is down');
    resolve.mockImplementation(tenant);
    await expect(verifier.verify(accessToken())).resolves.toMatchObject({ iss: ISSUER });
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it('notices after a while that a tenant has left the list', async () => {
    const { verifier, listed, clock } = setUp({ tenantTtl: 30_000 });
    const token = accessToken();
    await verifier.verify(token);
    listed.delete(ISSUER);
    expect(verifier.verifySync(token)).toMatchObject({ iss: ISSUER });
    clock.advance(30_000);
    expect(verifier.verifySync(token)).toBeUndefined();
    await expect(verifier.verify(token)).rejects.toMatchObject(refused);
    expect(verifier.keys()).toEqual([]);
  });

  it('loses no tenant to thousands of invented issuers', async () => {
    const { verifier, resolve } = setUp({ capacity: 10 });
    const token = accessToken();
    await verifier.verify(token);
    for (let i = 0; i < 1_000; i++) {
      await verifier.accepts(`https://evil-${i}.example`);
    }
    resolve.mockClear();
    expect(verifier.verifySync(token)).toBeDefined();
    await verifier.verify(accessToken({ jti: 'second' }));
    expect(resolve).not.toHaveBeenCalled();
  });

  describe('while the list hangs', () => {
    const hangs = async () => new Promise<never>(() => undefined);
    const INVENTED = 'https://invented.example/';

    it('lets neither its own pool nor a known tenant wait, however many invented issuers do', async () => {
      const own = setUp().tenant(OTHER);
      const { verifier, resolve, clock } = setUp({ own, timeout: 60_000 });
      await verifier.verify(accessToken());
      resolve.mockImplementation(hangs);
      const pending = Array.from({ length: 1_001 }, async (_, i) => verifier.accepts(INVENTED + String(i)));
      await expect(pending[1_000]).rejects.toMatchObject({ code: 'TENANTS_UNAVAILABLE' });

      await expect(verifier.verify(accessToken({ iss: OTHER }))).resolves.toMatchObject({ iss: OTHER });
      expect(verifier.verifySync(accessToken({ iss: OTHER }))).toMatchObject({ iss: OTHER });
      expect(resolve).not.toHaveBeenCalledWith(OTHER);
      for (const age of [0, 4, 7, 59]) {
        clock.advance(age * 60_000);
        const token = accessToken({ exp: clock.read() / 1000 + 60 });
        await expect(verifier.verify(token)).resolves.toMatchObject({ iss: ISSUER });
        clock.advance(-age * 60_000);
      }
      verifier.close();
      const verdicts = await Promise.allSettled(pending);
      expect(verdicts.every(({ status }) => status === 'rejected')).toBe(true);
    });

    it('asks about a tenant in the background before the answer has grown old, and waits for nothing then', async () => {
      const { verifier, resolve, clock } = setUp();
      const token = accessToken();
      await verifier.verify(token);
      let fail: (reason: Error) => void = () => undefined;
      resolve.mockImplementation(async () => new Promise((_resolve, reject) => (fail = reject)));
      clock.advance(150_000);
      expect(verifier.verifySync(token)).toBeDefined();
      expect(verifier.verifySync(token)).toBeDefined();
      expect(resolve).toHaveBeenCalledTimes(2);
      await expect(Promise.resolve(verifier.accepts(ISSUER))).resolves.toBe(true);
      fail(new Error('the database is down'));
      await new Promise(setImmediate);
      clock.advance(200_000);
      expect(verifier.verifySync(token)).toBeDefined();
      expect(resolve).toHaveBeenCalledTimes(3);
    });

    it('accepts a tenant for an hour longer, and no longer', async () => {
      const { verifier, resolve, clock } = setUp({ timeout: 10 });
      await verifier.verify(accessToken());
      resolve.mockRejectedValue(new Error('the database is down'));
      clock.advance(65 * 60_000 - 1);
      await expect(Promise.resolve(verifier.accepts(ISSUER))).resolves.toBe(true);
      clock.advance(1);
      await expect(verifier.accepts(ISSUER)).rejects.toThrow('the database is down');
    });

    it('accepts a tenant as long as it is told', async () => {
      const { verifier, resolve, clock } = setUp({ tenantMaxStale: 1_000 });
      await verifier.verify(accessToken());
      resolve.mockRejectedValue(new Error('the database is down'));
      clock.advance(300_999);
      await expect(Promise.resolve(verifier.accepts(ISSUER))).resolves.toBe(true);
      clock.advance(1);
      await expect(verifier.accepts(ISSUER)).rejects.toThrow('the database is down');
    });

    it('does not hide that the list gives options that are wrong', async () => {
      const { verifier, resolve, clock } = setUp();
      await verifier.verify(accessToken());
      resolve.mockRejectedValue(new MandateConfigurationError('userPoolId', 'is wrong'));
      clock.advance(300_000);
      for (let times = 0; times < 2; times++) {
        await expect(verifier.accepts(ISSUER)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
      }
    });
  });

  it('neither trusts an answer for longer nor loses a tenant when the clock is set back', async () => {
    const { verifier, resolve, clock, listed } = setUp();
    await verifier.verify(accessToken());
    resolve.mockRejectedValue(new Error('the database is down'));
    clock.advance(-300 * 86_400_000);
    await expect(Promise.resolve(verifier.accepts(ISSUER))).resolves.toBe(true);
    resolve.mockImplementation(async (issuer) => Promise.resolve(listed.get(issuer)));
    listed.delete(ISSUER);
    clock.advance(1_000);
    await expect(Promise.resolve(verifier.accepts(ISSUER))).resolves.toBe(true);
    await new Promise(setImmediate);
    await expect(verifier.accepts(ISSUER)).resolves.toBe(false);
  });

  it('takes no verifier that is for another issuer', async () => {
    const { verifier } = setUp({ resolve: () => setUp().tenant(OTHER) });
    await expect(verifier.verify(accessToken())).rejects.toMatchObject(refused);
  });

  it('asks again after the list has changed', async () => {
    const { verifier, listed, tenant } = setUp();
    const token = accessToken({ iss: 'https://new.example' });
    await expect(verifier.verify(token)).rejects.toMatchObject(refused);
    listed.set('https://new.example', tenant('https://new.example'));
    verifier.forget('https://new.example');
    await expect(verifier.verify(token)).resolves.toBeDefined();

    listed.delete('https://new.example');
    verifier.forget('https://new.example');
    await expect(verifier.verify(token)).rejects.toMatchObject(refused);
  });

  it('keeps no answer to a question from before the list has changed', async () => {
    const answers: ((verifier?: Verifier) => void)[] = [];
    const resolve = jest.fn(async () => new Promise<Verifier | undefined>((answer) => answers.push(answer)));
    const { verifier, tenant } = setUp({ resolve });
    const before = verifier.verify(accessToken());
    verifier.forget(ISSUER);
    const after = verifier.verify(accessToken());
    expect(answers).toHaveLength(2);
    answers[1]?.(undefined);
    await expect(after).rejects.toMatchObject(refused);
    answers[0]?.(tenant(ISSUER));
    await before;
    expect(verifier.verifySync(accessToken())).toBeUndefined();
    await expect(verifier.verify(accessToken())).rejects.toMatchObject(refused);
    expect(answers).toHaveLength(2);
  });

  it('refuses with 503 while the list does not answer, and asks again', async () => {
    const resolve = jest.fn<Promise<Verifier>, [string]>(async () => new Promise(() => undefined));
    const { verifier, tenant } = setUp({ resolve, timeout: 10 });
    const verdicts = await Promise.allSettled([verifier.verify(accessToken()), verifier.verify(accessToken())]);
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ reason: { code: 'TENANTS_UNAVAILABLE', status: 503 } });
    }
    expect(resolve).toHaveBeenCalledTimes(1);
    resolve.mockImplementation(async (issuer) => Promise.resolve(tenant(issuer)));
    await expect(verifier.verify(accessToken())).resolves.toMatchObject({ iss: ISSUER });
  });

  it('asks about a bounded number of issuers at once', async () => {
    const resolve = jest.fn<Promise<Verifier>, [string]>(async () => new Promise(() => undefined));
    const { verifier } = setUp({ resolve, timeout: 10, capacity: 2 });
    const open = ['https://1.example', 'https://2.example'].map(async (issuer) => verifier.accepts(issuer));
    await expect(verifier.accepts('https://3.example')).rejects.toMatchObject({ code: 'TENANTS_UNAVAILABLE' });
    expect(resolve).toHaveBeenCalledTimes(2);
    await Promise.allSettled(open);
    resolve.mockImplementation(async () => Promise.resolve(undefined as never));
    await expect(verifier.accepts('https://3.example')).resolves.toBe(false);
  });

  it('does not ask a list without end that never answers', async () => {
    const answers: (() => void)[] = [];
    const resolve = jest.fn(
      async () =>
        new Promise<undefined>((answer) =>
          answers.push(() => {
            answer(undefined);
          }),
        ),
    );
    const { verifier } = setUp({ resolve, timeout: 1, capacity: 1 });
    for (let i = 0; i < 12; i++) {
      await expect(verifier.accepts(`https://${String(i)}.example`)).rejects.toMatchObject({
        code: 'TENANTS_UNAVAILABLE',
      });
    }
    expect(resolve).toHaveBeenCalledTimes(10);
    answers[0]?.();
    await new Promise(setImmediate);
    await expect(verifier.accepts('https://next.example')).rejects.toMatchObject({ code: 'TENANTS_UNAVAILABLE' });
    expect(resolve).toHaveBeenCalledTimes(11);
  });

  it('keeps a bounded number of tenants, and of issuers that are none', async () => {
    const { verifier, resolve, listed, tenant } = setUp({ capacity: 2 });
    const issuers = [1, 2, 3].map((number) => `https://${String(number)}.example`);
    const askAll = async () => {
      for (const issuer of issuers) {
        await verifier.accepts(issuer);
      }
    };
    await askAll();
    await askAll();
    expect(resolve).toHaveBeenCalledTimes(6);
    for (const issuer of issuers) {
      listed.set(issuer, tenant(issuer));
      verifier.forget(issuer);
    }
    await askAll();
    expect(verifier.keys()).toHaveLength(2);
  });

  it('takes null for an issuer that is not listed, and remembers it', async () => {
    const resolve = jest.fn(async () => Promise.resolve(null));
    const { verifier } = setUp({ resolve });
    await expect(verifier.verify(accessToken())).rejects.toMatchObject(refused);
    await expect(verifier.verify(accessToken())).rejects.toMatchObject(refused);
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  it('passes on that the list cannot be asked, and asks again', async () => {
    const fault = new Error('database');
    const resolve = jest.fn(() => Promise.reject(fault));
    const { verifier } = setUp({ resolve });
    await expect(verifier.verify(accessToken())).rejects.toBe(fault);
    await expect(verifier.verify(accessToken())).rejects.toBe(fault);
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it.each(['', 'x', 'a.b.c', `${'a'.repeat(70_000)}.b.c`, accessToken({ iss: 7 })])(
    'refuses what is no token without asking anybody',
    async (token) => {
      const { verifier, resolve } = setUp();
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_MALFORMED' });
      expect(verifier.verifySync(token)).toBeUndefined();
      expect(resolve).not.toHaveBeenCalled();
    },
  );

  it('asks nobody about an issuer of unreasonable length', async () => {
    const { verifier, resolve } = setUp();
    await expect(verifier.verify(accessToken({ iss: `https://${'x'.repeat(600)}.example` }))).rejects.toMatchObject(
      refused,
    );
    expect(resolve).not.toHaveBeenCalled();
  });
});
