import { keysHealth } from '../../lib/health/keys-health.js';
import { issuersOf } from '../../lib/tokens/keys/issuers.js';
import { createPoolVerifier, type PoolVerifierOptions } from '../../lib/tokens/pool-verifier.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { CognitoHosts } from './support/cognito-hosts.js';
import { JwksServer } from './support/jwks-server.js';
import {
  accessToken,
  base64url,
  CLIENT_ID,
  idToken,
  ISSUER,
  jwks,
  NOW,
  POOL_ID,
  TestClock,
} from './support/test-issuer.js';

const NEW_ISSUER = `https://issuer-cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}`;

function verifierOf(options: Partial<PoolVerifierOptions> = {}) {
  const clock = new TestClock();
  return createPoolVerifier({
    userPoolId: POOL_ID,
    acceptedClientIds: [CLIENT_ID],
    jwks: jwks(),
    clock: clock.read,
    ...options,
  });
}

describe('createPoolVerifier', () => {
  it('expects access tokens of either issuer form of the pool, and remembers them', async () => {
    const events: TokenEvent[] = [];
    const verifier = verifierOf({ onTokenEvent: (event) => events.push(event) });
    const token = accessToken();
    await expect(verifier.verify(token)).resolves.toBeDefined();
    await expect(verifier.verify(accessToken({ iss: NEW_ISSUER }))).resolves.toBeDefined();
    await expect(verifier.verify(idToken())).rejects.toMatchObject({ code: 'TOKEN_USE_REFUSED' });
    expect(verifier.verifySync(token)).toBeDefined();
    expect(events.map((event) => 'remembered' in event && event.remembered)).toEqual([false, false, false, true]);
  });

  it('accepts tokens of a replica if its Region is named', async () => {
    const token = accessToken({ iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}` });
    await expect(verifierOf().verify(token)).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
    await expect(verifierOf({ replicaRegions: ['us-east-1'] }).verify(token)).resolves.toBeDefined();
  });

  it('accepts the tokens of the pool itself and of the replica when the services call the replica', async () => {
    const replica = verifierOf({ region: 'us-east-1' });
    await expect(replica.verify(accessToken())).resolves.toBeDefined();
    await expect(replica.verify(accessToken({ iss: NEW_ISSUER }))).resolves.toBeDefined();
    await expect(replica.verify(accessToken({ iss: issuersOf(POOL_ID, ['us-east-1'])[0] }))).resolves.toBeDefined();
    const other = accessToken({ iss: issuersOf(POOL_ID, ['eu-central-1'])[0] });
    await expect(replica.verify(other)).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
  });

  it('takes the Region of an emulator, whose pool ids name none, from the option', () => {
    const emulator = verifierOf({ userPoolId: 'local_2q8KUXaq', region: 'us-east-1' });
    const issuers = emulator.keys().map(({ issuer }) => issuer);
    expect(issuers).toEqual(issuersOf('local_2q8KUXaq', ['us-east-1']));
  });

  it('fetches the keys below a custom issuer, or where it is told', async () => {
    const server = await JwksServer.start(jwks());
    const issuer = server.uri.replace('/.well-known/jwks.json', '');
    await expect(verifierOf({ issuer, jwks: undefined }).verify(accessToken({ iss: issuer }))).resolves.toBeDefined();
    await expect(verifierOf({ jwksUri: server.uri, jwks: undefined }).verify(accessToken())).resolves.toBeDefined();
    expect(server.requests).toBe(2);
    await server.stop();
  });

  it('accepts nothing but the custom issuer where there is one', async () => {
    const verifier = verifierOf({ issuer: 'http://127.0.0.1:9229/pool' });
    await expect(verifier.verify(accessToken({ iss: ISSUER }))).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
  });

  it('remembers nothing with tokenCacheSize 0', async () => {
    const events: TokenEvent[] = [];
    const verifier = verifierOf({ tokenCacheSize: 0, onTokenEvent: (event) => events.push(event) });
    const token = accessToken();
    await verifier.verify(token);
    expect(verifier.verifySync(token)).toBeDefined();
    expect(events).toMatchObject([{ remembered: false }, { remembered: false }]);
  });

  it.each([
    ['userPoolId', { userPoolId: undefined }],
    ['acceptedClientIds', { acceptedClientIds: undefined }],
    ['acceptedClientIds', { acceptedClientIds: CLIENT_ID }],
  ])('requires %s, for JavaScript too', (option, change) => {
    expect(() => verifierOf(change as unknown as Partial<PoolVerifierOptions>)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', option }),
    );
  });

  it('hands on tolerance, audiences, size and check', async () => {
    const check = jest.fn(() => true);
    const verifier = verifierOf({
      clockToleranceSeconds: 60,
      audiences: ['photos'],
      maxTokenLength: 2_000,
      customCheck: check,
    });
    await expect(verifier.verify(accessToken({ exp: NOW / 1000 - 60, aud: 'photos' }))).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
    });
    await expect(verifier.verify(accessToken({ aud: 'photos', exp: NOW / 1000 - 59 }))).resolves.toBeDefined();
    await expect(verifier.verify(accessToken({ filler: 'x'.repeat(2_000) }))).rejects.toMatchObject({
      code: 'TOKEN_MALFORMED',
    });
    expect(check).toHaveBeenCalledTimes(1);
  });
});

describe('createPoolVerifier, fetching keys', () => {
  let server: JwksServer;
  beforeEach(async () => {
    server = await JwksServer.start(jwks());
  });
  afterEach(async () => {
    jest.useRealTimers();
    await server.stop();
  });

  const fetching = (options: Partial<PoolVerifierOptions> = {}) =>
    verifierOf({ jwks: undefined, jwksUri: server.uri, ...options });
  /** Makes the endpoint say nothing from now on; resolves with the first request. */
  const silence = () =>
    new Promise<void>((resolve) => {
      server.answer(() => {
        resolve();
      });
    });

  it('lets 10,000 invented key ids at an endpoint that hangs slow no valid token', async () => {
    const clock = new TestClock();
    const verifier = fetching({ clock: clock.read, jwksTimeout: 60_000 });
    await verifier.verify(accessToken());
    const asked = silence();
    clock.advance(10_000);
    const [, claims, signature] = accessToken().split('.');
    const tokenWith = (kid: string) => [base64url(JSON.stringify({ kid, alg: 'RS256' })), claims, signature].join('.');
    const settled: string[] = [];
    const note = (name: string) => () => settled.push(name);
    const forged = Array.from({ length: 10_000 }, (_, i) =>
      verifier.verify(tokenWith(`invented-${i}`)).catch(note('forged')),
    );
    const valid = Array.from({ length: 100 }, (_, i) =>
      verifier.verify(accessToken({ jti: `${i}` })).then(note('valid')),
    );

    await asked;
    await Promise.all(valid);
    expect(settled).toEqual(valid.map(() => 'valid'));
    expect(server.requests).toBe(2);

    await server.stop();
    await Promise.all(forged);
    expect(settled).toHaveLength(10_100);
  });

  it.each([
    ['three seconds', undefined, 3_000],
    ['as long as jwksTimeout says', 500, 500],
  ])('waits %s', async (_, jwksTimeout, milliseconds) => {
    const asked = silence();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    let isSettled = false;
    const verdict = fetching({ jwksTimeout })
      .verify(accessToken())
      .catch((error: unknown) => error)
      .finally(() => {
        isSettled = true;
      });
    await asked;

    jest.advanceTimersByTime(milliseconds - 1);
    await new Promise(setImmediate);
    expect(isSettled).toBe(false);
    jest.advanceTimersByTime(1);
    expect(await verdict).toMatchObject({ code: 'SIGNING_KEYS_UNAVAILABLE' });
  });

  it.each([
    ['a day', undefined, 86_400_000],
    ['as long as jwksMaxStale says', 60_000, 60_000],
  ])('serves old keys in an outage for %s', async (_, jwksMaxStale, milliseconds) => {
    const clock = new TestClock();
    const verifier = fetching({ clock: clock.read, jwksMaxStale });
    const token = accessToken({ exp: NOW / 1000 + 100_000 });
    await verifier.verify(token);
    server.answer((_request, response) => response.writeHead(500).end());
    clock.advance(600_000 + milliseconds - 1);
    await expect(verifier.verify(token)).resolves.toBeDefined();
    clock.advance(1);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'SIGNING_KEYS_UNAVAILABLE' });
  });

  it('fetches the keys of each issuer below its own address', async () => {
    const hosts = await CognitoHosts.start(() => jwks());
    const verifier = verifierOf({ jwks: undefined, replicaRegions: ['cn-north-1'] });
    const issuers = issuersOf(POOL_ID, ['eu-west-1', 'cn-north-1']);
    for (const iss of issuers) {
      await expect(verifier.verify(accessToken({ iss }))).resolves.toBeDefined();
    }
    expect(hosts.asked).toEqual(issuers.map((issuer) => `${issuer}/.well-known/jwks.json`));
    await hosts.stop();
  });
});

describe('createPoolVerifier, of a pool that was not switched to the newer issuer', () => {
  const JWKS = '/.well-known/jwks.json';
  let hosts: CognitoHosts;
  let answers: Record<string, object | number>;
  let clock: TestClock;
  let events: TokenEvent[];

  beforeEach(async () => {
    answers = { [ISSUER + JWKS]: jwks(), [NEW_ISSUER + JWKS]: 403 };
    hosts = await CognitoHosts.start((address) => answers[address] ?? 404);
    clock = new TestClock();
    events = [];
  });
  afterEach(() => hosts.stop());

  const verifier = () =>
    verifierOf({ jwks: undefined, clock: clock.read, onTokenEvent: (event) => events.push(event) });
  const forged = () => accessToken({ iss: NEW_ISSUER });
  const types = () => events.map(({ type }) => type);

  it('stays healthy when the first token of all is a forged one, and takes it for no outage', async () => {
    const fresh = verifier();
    await expect(fresh.verify(forged())).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN', status: 401 });

    expect(hosts.asked).toEqual([NEW_ISSUER + JWKS, ISSUER + JWKS]);
    expect(keysHealth(fresh.keys())).toEqual({ isUp: true, details: { keys: 2, age: 0 } });
    expect(types()).toEqual(['keys-fetched', 'token-rejected']);
    await expect(fresh.verify(accessToken())).resolves.toBeDefined();
    expect(hosts.asked).toHaveLength(2);
  });

  it('asks the newer issuer no more than once in ten seconds, whatever comes', async () => {
    const running = verifier();
    await running.verify(accessToken());
    await expect(running.verify(forged())).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN' });
    clock.advance(9_999);
    await expect(running.verify(forged())).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN' });
    expect(hosts.asked).toEqual([ISSUER + JWKS, NEW_ISSUER + JWKS]);
    clock.advance(1);
    await expect(running.verify(forged())).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN' });
    expect(hosts.asked).toEqual([ISSUER + JWKS, NEW_ISSUER + JWKS, NEW_ISSUER + JWKS]);
  });

  it('notices when the pool is switched', async () => {
    const running = verifier();
    await running.verify(accessToken());
    await expect(running.verify(forged())).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN' });
    answers[NEW_ISSUER + JWKS] = jwks();
    clock.advance(10_000);
    await expect(running.verify(accessToken({ iss: NEW_ISSUER }))).resolves.toBeDefined();
  });

  it('stays healthy when the host of the newer issuer is out of order, which is an outage all the same', async () => {
    answers[NEW_ISSUER + JWKS] = 500;
    const fresh = verifier();
    await expect(fresh.verify(forged())).rejects.toMatchObject({ code: 'SIGNING_KEYS_UNAVAILABLE', status: 503 });
    while (!types().includes('keys-fetched')) {
      await new Promise(setImmediate);
    }
    expect(keysHealth(fresh.keys())).toEqual({ isUp: true, details: { keys: 2, age: 0 } });
    expect(hosts.asked).toEqual([NEW_ISSUER + JWKS, ISSUER + JWKS]);
  });

  describe('while the host of the newer issuer cannot be reached', () => {
    const withKid = (kid: string) => accessToken({ iss: NEW_ISSUER }, { kid });
    const badlySigned = () => `${forged().slice(0, -8)}AAAAAAAA`;
    const complaints = () => types().filter((type) => type === 'keys-unavailable');

    it('refuses forged tokens with 401, asks once in ten seconds, and takes it for no outage', async () => {
      answers[NEW_ISSUER + JWKS] = 500;
      const running = verifier();
      await running.verify(accessToken());
      for (let second = 0; second < 10; second++) {
        await expect(running.verify(withKid('invented'))).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN' });
        await expect(running.verify(badlySigned())).rejects.toMatchObject({ code: 'TOKEN_SIGNATURE_INVALID' });
        clock.advance(1_000);
      }
      expect(hosts.asked).toEqual([ISSUER + JWKS, NEW_ISSUER + JWKS]);
      expect(complaints()).toEqual([]);
      expect(keysHealth(running.keys())).toEqual({ isUp: true, details: { keys: 2, age: 10_000 } });
    });

    it('answers a token that may be good with 503, and accepts it when the host is back', async () => {
      answers[NEW_ISSUER + JWKS] = 500;
      const running = verifier();
      await running.verify(accessToken());
      await expect(running.verify(forged())).rejects.toMatchObject({ status: 503, retryAfterSeconds: 10 });
      expect(events.at(-1)).toMatchObject({ type: 'keys-unavailable', issuer: NEW_ISSUER, keys: 0 });
      answers[NEW_ISSUER + JWKS] = jwks();
      clock.advance(10_000);
      await expect(running.verify(forged())).resolves.toBeDefined();
    });

    it('asks the host of a replica once in ten seconds as well, but knows nothing about its keys', async () => {
      const replica = issuersOf(POOL_ID, ['us-east-1'])[0] ?? '';
      answers[replica + JWKS] = 500;
      const running = verifierOf({ jwks: undefined, clock: clock.read, replicaRegions: ['us-east-1'] });
      await running.verify(accessToken());
      for (let second = 0; second < 10; second++) {
        const token = accessToken({ iss: replica }, { kid: 'key-of-the-replica' });
        await expect(running.verify(token)).rejects.toMatchObject({ status: 503 });
        await expect(running.verify(`${token.slice(0, -8)}AAAAAAAA`)).rejects.toMatchObject({ status: 503 });
        clock.advance(1_000);
      }
      expect(hosts.asked.filter((address) => address === replica + JWKS)).toHaveLength(1);
    });
  });

  it('is down when neither issuer has keys, and comes back a second later', async () => {
    answers = {};
    const fresh = verifier();
    await expect(fresh.verify(accessToken())).rejects.toMatchObject({
      code: 'SIGNING_KEYS_UNAVAILABLE',
      retryAfterSeconds: 1,
    });
    expect(keysHealth(fresh.keys())).toEqual({ isUp: false, details: { keys: 0, outage: 0 } });
    expect(types()).toEqual(['keys-unavailable', 'keys-unavailable']);
    answers = { [ISSUER + JWKS]: jwks() };
    clock.advance(1_000);
    await expect(fresh.verify(accessToken())).resolves.toBeDefined();
    expect(keysHealth(fresh.keys()).isUp).toBe(true);
  });
});

describe('issuersOf', () => {
  it.each([
    ['eu-west-1', 'amazonaws.com'],
    ['us-gov-west-1', 'amazonaws.com'],
    ['cn-north-1', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'amazonaws.eu'],
  ])('names the hosts of %s', (region, suffix) => {
    expect(issuersOf(`${region}_abc`, [region])).toEqual([
      `https://cognito-idp.${region}.${suffix}/${region}_abc`,
      `https://issuer-cognito-idp.${region}.${suffix}/${region}_abc`,
    ]);
  });
});
