import { keysHealth } from '../../lib/health/keys-health.js';
import { issuersOf } from '../../lib/tokens/issuers.js';
import { createPoolVerifier, type PoolVerifierOptions } from '../../lib/tokens/pool-verifier.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { CognitoHosts } from './support/cognito-hosts.js';
import { JwksServer } from './support/jwks-server.js';
import { accessToken, CLIENT_ID, idToken, ISSUER, jwks, NOW, POOL_ID, TestClock } from './support/test-issuer.js';

const NEW_ISSUER = `https://issuer-cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}`;

function verifierOf(options: Partial<PoolVerifierOptions> = {}) {
  const clock = new TestClock();
  return createPoolVerifier({
    userPoolId: POOL_ID,
    clientIds: [CLIENT_ID],
    jwks: jwks(),
    clock: clock.read,
    ...options,
  });
}

describe('createPoolVerifier', () => {
  it('expects access tokens of either issuer form of the pool, and remembers them', async () => {
    const verifier = verifierOf();
    const token = accessToken();
    await expect(verifier.verify(token)).resolves.toBeDefined();
    await expect(verifier.verify(accessToken({ iss: NEW_ISSUER }))).resolves.toBeDefined();
    await expect(verifier.verify(idToken())).rejects.toMatchObject({ code: 'TOKEN_USE_REFUSED' });
    expect(verifier.recall(token)).toBeDefined();
  });

  it('accepts tokens of a replica if its Region is named', async () => {
    const token = accessToken({ iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}` });
    await expect(verifierOf().verify(token)).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
    await expect(verifierOf({ replicaRegions: ['us-east-1'] }).verify(token)).resolves.toBeDefined();
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

  it('remembers nothing with rememberedTokens 0', async () => {
    const verifier = verifierOf({ rememberedTokens: 0 });
    const token = accessToken();
    await verifier.verify(token);
    expect(verifier.recall(token)).toBeUndefined();
  });

  it('hands on tolerance, audiences, size and check', async () => {
    const check = jest.fn(() => true);
    const verifier = verifierOf({ clockTolerance: 60, audiences: ['photos'], maxTokenLength: 2_000, check });
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

  const verifier = () => verifierOf({ jwks: undefined, clock: clock.read, observer: (event) => events.push(event) });
  const forged = () => accessToken({ iss: NEW_ISSUER });
  const types = () => events.map(({ type }) => type);

  it('stays healthy when the first token of all is a forged one, and takes it for no outage', async () => {
    const fresh = verifier();
    await expect(fresh.verify(forged())).rejects.toMatchObject({ code: 'TOKEN_KEY_UNKNOWN', status: 401 });

    expect(hosts.asked).toEqual([NEW_ISSUER + JWKS, ISSUER + JWKS]);
    expect(keysHealth(fresh.keys())).toEqual({ isUp: true, details: { keys: 2, age: 0 } });
    expect(types()).toEqual(['keys-fetched', 'token-refused']);
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

  it('is down when neither issuer has keys, and comes back a second later', async () => {
    answers = {};
    const fresh = verifier();
    await expect(fresh.verify(accessToken())).rejects.toMatchObject({
      code: 'SIGNING_KEYS_UNAVAILABLE',
      retryAfter: 1,
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
