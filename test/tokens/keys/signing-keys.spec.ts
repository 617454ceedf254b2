import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { jwksEndpoint } from '../../../lib/tokens/keys/jwks-endpoint.js';
import type { FetchedSigningKeysOptions, SigningKeys } from '../../../lib/tokens/keys/signing-keys.js';
import { SigningKeysUnavailableError } from '../../../lib/tokens/token-errors.js';
import type { TokenEvent } from '../../../lib/tokens/token-events.js';
import { JwksServer } from '../support/jwks-server.js';
import { fetchedKeys, fixedKeys } from '../support/signing-keys.js';
import { accessKey, idKey, ISSUER, jwks, TestClock, TestKey } from '../support/test-issuer.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('SigningKeys', () => {
  let server: JwksServer;
  let clock: TestClock;
  let events: TokenEvent[];

  beforeEach(async () => {
    server = await JwksServer.start(jwks());
    clock = new TestClock();
    events = [];
  });

  afterEach(() => server.stop());

  function keysOf(options: Partial<FetchedSigningKeysOptions> = {}): SigningKeys {
    return fetchedKeys({
      fetch: jwksEndpoint(server.uri, 1_000),
      clock: clock.read,
      onTokenEvent: (event) => events.push(event),
      ...options,
    });
  }

  /** Lets a refresh in the background end. */
  async function settle(keys: SigningKeys): Promise<void> {
    await keys.get('nobody').catch(() => undefined);
  }

  it('fetches the whole set once and makes one KeyObject per key id', async () => {
    const keys = keysOf();
    expect(server.requests).toBe(0);

    const first = await keys.get(accessKey.kid);
    const second = await keys.get(idKey.kid);

    expect(first.equals(accessKey.publicKey)).toBe(true);
    expect(second.equals(idKey.publicKey)).toBe(true);
    expect(keys.getCached(accessKey.kid)).toBe(first);
    expect(server.requests).toBe(1);
    expect(events).toEqual([{ type: 'keys-fetched', issuer: ISSUER, keys: 2 }]);
  });

  it('shares one fetch among all who wait for it', async () => {
    const keys = keysOf();
    await Promise.all(Array.from({ length: 100 }, () => keys.get(accessKey.kid)));
    expect(server.requests).toBe(1);
  });

  it('answers 10,000 invented key ids with at most one fetch per cooldown, and a known key at once', async () => {
    const keys = keysOf();
    await keys.get(accessKey.kid);
    clock.advance(10_000);

    const refused = await Promise.allSettled(Array.from({ length: 10_000 }, (_, i) => keys.get(`invented-${i}`)));

    expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
    expect(server.requests).toBe(2);
    expect(keys.getCached(accessKey.kid)).toBeDefined();
    await expect(keys.get('invented')).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN', status: 401 });
    expect(server.requests).toBe(2);
  });

  it('picks up a rotated key with the first token that names it, and drops the withdrawn one', async () => {
    const rotated = new TestKey('rotated');
    const keys = keysOf();
    await keys.get(accessKey.kid);
    server.serve(jwks(rotated, idKey));
    clock.advance(10_000);
    const kept = keys.getCached(idKey.kid);

    expect((await keys.get('rotated')).equals(rotated.publicKey)).toBe(true);
    expect(keys.getCached(accessKey.kid)).toBeUndefined();
    expect(keys.getCached(idKey.kid)).toBe(kept);
  });

  it('makes a new KeyObject when a key id comes back with another key', async () => {
    const keys = keysOf();
    const before = await keys.get(accessKey.kid);
    const replaced = new TestKey(accessKey.kid);
    server.serve(jwks(replaced));
    clock.advance(10 * MINUTE);
    keys.getCached(accessKey.kid);
    await settle(keys);

    expect(keys.getCached(accessKey.kid)).not.toBe(before);
    expect(keys.getCached(accessKey.kid)?.equals(replaced.publicKey)).toBe(true);
  });

  it('reads an old set again in the background, while the old keys serve', async () => {
    const keys = keysOf();
    const before = await keys.get(accessKey.kid);
    clock.advance(10 * MINUTE);

    expect(keys.getCached(accessKey.kid)).toBe(before);
    await settle(keys);
    expect(server.requests).toBe(2);
    expect(keys.status()).toEqual({ issuer: ISSUER, keys: 2, age: 0, outage: undefined });
  });

  it('waits for the set after a quiet day, so that no call is judged by keys that are a day old', async () => {
    const keys = keysOf();
    const day = 24 * HOUR;
    await keys.get(accessKey.kid);
    server.serve(jwks(idKey));
    clock.advance(day);

    // The second call comes while the fetch that the first one caused is under way.
    const calls = await Promise.allSettled([keys.get(accessKey.kid), keys.get(accessKey.kid), keys.get(idKey.kid)]);

    expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(server.requests).toBe(2);
  });

  it('does not wait again in an outage that has just been seen, but does so after it', async () => {
    const keys = keysOf();
    const before = await keys.get(accessKey.kid);
    server.answer((_request, response) => response.writeHead(500).end());
    clock.advance(19 * MINUTE);
    expect(keys.getCached(accessKey.kid)).toBe(before);
    await settle(keys);
    clock.advance(19 * MINUTE);
    expect(keys.getCached(accessKey.kid)).toBe(before);
    await settle(keys);

    clock.advance(20 * MINUTE);
    expect(keys.getCached(accessKey.kid)).toBeUndefined();
    await expect(keys.get(accessKey.kid)).resolves.toBe(before);
    expect(keys.getCached(accessKey.kid)).toBe(before);
  });

  it('serves old keys through an outage, tells of it, and gives up in the end', async () => {
    const keys = keysOf({ maxStale: HOUR });
    await keys.get(accessKey.kid);
    server.answer((_request, response) => response.writeHead(500).end());
    clock.advance(10 * MINUTE + HOUR - 1);

    // Nothing was tried for so long that one call has to wait and see.
    await expect(keys.get(accessKey.kid)).resolves.toBeDefined();
    expect(keys.getCached(accessKey.kid)).toBeDefined();
    expect(events.at(-1)).toMatchObject({ type: 'keys-unavailable', keys: 2, age: 10 * MINUTE + HOUR - 1, outage: 0 });

    clock.advance(1);
    await expect(keys.get(accessKey.kid)).rejects.toBeInstanceOf(SigningKeysUnavailableError);
    expect(keys.status()).toEqual({ issuer: ISSUER, keys: 0, age: undefined, outage: 1 });
  });

  it('tells for how long no set could be fetched, until one can', async () => {
    const keys = keysOf();
    expect(keys.status()).toMatchObject({ keys: 0, outage: undefined });
    server.answer((_request, response) => response.writeHead(500).end());
    await keys.get(accessKey.kid).catch(() => undefined);
    clock.advance(MINUTE);
    await keys.get(accessKey.kid).catch(() => undefined);
    expect(events.at(-1)).toMatchObject({ type: 'keys-unavailable', keys: 0, outage: MINUTE });
    expect(keys.status()).toEqual({ issuer: ISSUER, keys: 0, age: undefined, outage: MINUTE });

    server.serve(jwks());
    clock.advance(MINUTE);
    await keys.get(accessKey.kid);
    expect(keys.status()).toEqual({ issuer: ISSUER, keys: 2, age: 0, outage: undefined });
  });

  it('knows no key while the endpoint is down, says when to come back, and recovers', async () => {
    server.answer((_request, response) => response.writeHead(503).end());
    const keys = keysOf();

    await expect(keys.get(accessKey.kid)).rejects.toMatchObject({
      code: 'SIGNING_KEYS_UNAVAILABLE',
      status: 503,
      retryAfterSeconds: 1,
    });
    await expect(keys.get(accessKey.kid)).rejects.toBeInstanceOf(SigningKeysUnavailableError);
    expect(server.requests).toBe(1);

    server.serve(jwks());
    clock.advance(1_000);
    await expect(keys.get(accessKey.kid)).resolves.toBeDefined();
  });

  it.each([
    ['no JSON', 'surprise'],
    ['null', 'null'],
    ['a list', '[]'],
    ['keys that are no list', '{"keys":{}}'],
    ['no keys', '{"keys":[]}'],
    ['no key that can be used', '{"keys":[null,7,{"kty":"oct","kid":"a","k":"c2VjcmV0"}]}'],
  ])('takes an answer with %s for an outage', async (_name, body) => {
    server.answer((_request, response) => response.end(body));
    await expect(keysOf().get(accessKey.kid)).rejects.toBeInstanceOf(SigningKeysUnavailableError);
  });

  it('does not wait for an endpoint that says nothing', async () => {
    server.answer(() => undefined);
    const keys = keysOf({ fetch: jwksEndpoint(server.uri, 50) });
    await expect(keys.get(accessKey.kid)).rejects.toBeInstanceOf(SigningKeysUnavailableError);
  });

  it('does not wait for an answer that trickles or breaks off', async () => {
    server.answer((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"keys":');
      setImmediate(() => response.destroy());
    });
    const keys = keysOf({ fetch: jwksEndpoint(server.uri, 50) });
    await expect(keys.get(accessKey.kid)).rejects.toBeInstanceOf(SigningKeysUnavailableError);
  });

  it('follows no redirection', async () => {
    const elsewhere = await JwksServer.start(jwks());
    server.answer((_request, response) => response.writeHead(302, { location: elsewhere.uri }).end());
    await expect(keysOf().get(accessKey.kid)).rejects.toBeInstanceOf(SigningKeysUnavailableError);
    expect(elsewhere.requests).toBe(0);
    await elsewhere.stop();
  });

  it('survives an endpoint where nobody listens', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const keys = keysOf({ fetch: jwksEndpoint(`http://127.0.0.1:${port}/jwks.json`, 500) });

    await expect(keys.get(accessKey.kid)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('goes on fetching when the clock is set back', async () => {
    const keys = keysOf();
    await keys.get(accessKey.kid);
    clock.advance(-HOUR);
    await keys.get('nobody').catch(() => undefined);
    expect(server.requests).toBe(2);
  });

  it('fetches in the background when the clock was set back by months, so that a withdrawn key goes', async () => {
    const keys = keysOf();
    await keys.get(accessKey.kid);
    server.serve(jwks(idKey));
    clock.advance(-300 * 24 * HOUR);
    expect(keys.getCached(accessKey.kid)).toBeDefined();
    await settle(keys);
    expect(server.requests).toBe(2);
    expect(keys.getCached(accessKey.kid)).toBeUndefined();
    expect(keys.getCached(idKey.kid)).toBeDefined();
  });

  it('preloads', async () => {
    const keys = keysOf();
    await keys.preload();
    expect(keys.getCached(accessKey.kid)).toBeDefined();
  });

  it('begins with given keys and fetches others', async () => {
    const keys = keysOf({ jwks: jwks(accessKey).keys });
    expect(keys.getCached(accessKey.kid)?.equals(accessKey.publicKey)).toBe(true);
    await expect(keys.get(idKey.kid)).resolves.toBeDefined();
  });

  describe('with fixed keys', () => {
    const fixed = (...set: unknown[]) => fixedKeys(ISSUER, set);

    it('needs no network', async () => {
      const keys = fixed(...jwks().keys);
      await expect(keys.get(accessKey.kid)).resolves.toBeDefined();
      await expect(keys.get('nobody')).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN' });
      await keys.preload();
    });

    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const short = new TestKey('short', 1024).jwk();
    it.each([
      ['an elliptic curve', { ...ec, kid: 'a', use: 'sig' }],
      ['a secret', { kty: 'oct', kid: 'a', k: 'c2VjcmV0' }],
      ['encryption', { ...accessKey.jwk(), use: 'enc' }],
      ['another algorithm', { ...accessKey.jwk(), alg: 'RS512' }],
      ['no key id', { ...accessKey.jwk(), kid: undefined }],
      ['a key id that is a number', { ...accessKey.jwk(), kid: 7 }],
      ['1024 bits', short],
      ['an exponent of 1', { ...accessKey.jwk(), e: 'AQ' }],
      ['a modulus that is no text', { ...accessKey.jwk(), n: 5 }],
    ])('leaves out a key for or with %s', (_name, jwk) => {
      expect(() => fixed(jwk)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID', option: 'jwks' }));
    });

    const huge = (bytes: number) => Buffer.concat([Buffer.alloc(bytes, 0xff)]).toString('base64url');
    it.each([
      ['a modulus of 16,384 bits', { n: huge(2_048) }],
      ['a modulus of 100,000 bytes', { n: huge(100_000) }],
      ['an exponent of 2,048 bits', { e: huge(256) }],
      ['an exponent of 33 bits above 2^32 + 1', { e: huge(5) }],
    ])('leaves out a key with %s, which costs too much time to check a signature with', (_name, change) => {
      expect(() => fixed({ ...accessKey.jwk(), ...change })).toThrow(
        expect.objectContaining({ code: 'CONFIGURATION_INVALID', option: 'jwks' }),
      );
    });

    it('takes a key of 8,192 bits', () => {
      expect(fixed({ ...accessKey.jwk(), n: huge(1_024) }).status()).toMatchObject({ keys: 1 });
    });

    it('takes nothing but the public half of a key', async () => {
      const full = { ...accessKey.privateKey.export({ format: 'jwk' }), kid: 'full' };
      const key = await fixed(full).get('full');
      expect(key.type).toBe('public');
      expect(key.equals(createPublicKey(accessKey.privateKey))).toBe(true);
    });
  });
});
