import http from 'node:http';
import https from 'node:https';

import { createPoolVerifier, type PoolVerifierOptions } from '../../../lib/tokens/pool-verifier.js';
import type { TokenEvent } from '../../../lib/tokens/token-events.js';
import { JwksServer } from '../support/jwks-server.js';
import { Proxy, TunnelAgent } from '../support/proxy.js';
import { accessToken, CLIENT_ID, jwks, POOL_ID, TestClock } from '../support/test-issuer.js';
import { TlsJwksServer } from '../support/tls-server.js';

/** Node's own support for the proxy of the environment. */
const hasEnvironmentProxy = process.allowedNodeEnvironmentFlags.has('--use-env-proxy');

describe('keys of a pool', () => {
  let server: TlsJwksServer;
  let proxy: Proxy;
  let events: TokenEvent[];
  const agents = { http: http.globalAgent, https: https.globalAgent };

  beforeAll(async () => {
    server = await TlsJwksServer.start(jwks());
    proxy = await Proxy.start();
  });
  beforeEach(() => {
    events = [];
    proxy.asked.length = 0;
    server.hosts.length = 0;
  });
  afterEach(() => {
    http.globalAgent = agents.http;
    https.globalAgent = agents.https;
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });

  /** The host is known to the proxy alone. */
  const uri = () => `https://keys.example:${String(server.port)}/jwks.json`;
  const verify = async (options: Partial<PoolVerifierOptions>) =>
    createPoolVerifier({
      userPoolId: POOL_ID,
      acceptedClientIds: [CLIENT_ID],
      clock: new TestClock().read,
      jwksUri: uri(),
      jwksTimeout: 60_000,
      onTokenEvent: (event) => events.push(event),
      ...options,
    }).verify(accessToken());

  it('are fetched through the agent that was given, with the authority that it trusts', async () => {
    const jwksAgent = new TunnelAgent(proxy.port, { ca: server.certificate });
    await expect(verify({ jwksAgent })).resolves.toBeDefined();
    expect(proxy.asked).toEqual([`CONNECT keys.example:${String(server.port)}`]);
    expect(server.hosts).toEqual([`keys.example:${String(server.port)}`]);
  });

  it('are fetched from an endpoint with a certificate of a private authority', async () => {
    const jwksUri = `https://127.0.0.1:${String(server.port)}/jwks.json`;
    await expect(verify({ jwksUri })).rejects.toMatchObject({
      code: 'SIGNING_KEYS_UNAVAILABLE',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    const jwksAgent = new https.Agent({ ca: server.certificate });
    await expect(verify({ jwksUri, jwksAgent })).resolves.toBeDefined();
    jwksAgent.destroy();
  });

  it('are fetched through a global agent that was replaced, whenever that happened', async () => {
    https.globalAgent = new TunnelAgent(proxy.port, { ca: server.certificate });
    await expect(verify({})).resolves.toBeDefined();
    expect(proxy.asked).toHaveLength(1);
  });

  it('say what is wrong with an agent for the other protocol', async () => {
    const jwksAgent = new http.Agent();
    await expect(verify({ jwksAgent })).rejects.toMatchObject({ code: 'SIGNING_KEYS_UNAVAILABLE' });
    expect(events[0]).toMatchObject({ cause: { message: 'Protocol "https:" not supported. Expected "http:"' } });
  });

  it('are fetched by the application', async () => {
    const jwksFetcher = jest.fn(() => jwks());
    await expect(verify({ jwksFetcher })).resolves.toBeDefined();
    expect(jwksFetcher.mock.calls).toEqual([[uri(), expect.any(AbortSignal)]]);
  });

  it('need one of the two ways at most', async () => {
    await expect(verify({ jwksAgent: https.globalAgent, jwksFetcher: () => jwks() })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      option: 'jwksAgent',
    });
  });

  (hasEnvironmentProxy ? describe : describe.skip)('with the proxy of the environment', () => {
    const environment = () => ({
      HTTP_PROXY: `http://127.0.0.1:${String(proxy.port)}`,
      HTTPS_PROXY: `http://127.0.0.1:${String(proxy.port)}`,
    });

    it('are fetched through a tunnel', async () => {
      https.globalAgent = new https.Agent({ ca: server.certificate, proxyEnv: environment() } as https.AgentOptions);
      await expect(verify({})).resolves.toBeDefined();
      expect(proxy.asked).toEqual([`CONNECT keys.example:${String(server.port)}`]);
    });

    it('are fetched by a forwarded request', async () => {
      const plain = await JwksServer.start(jwks());
      http.globalAgent = new http.Agent({ proxyEnv: environment() } as http.AgentOptions);
      const jwksUri = plain.uri.replace('127.0.0.1', 'keys.example');
      await expect(verify({ jwksUri })).resolves.toBeDefined();
      expect(proxy.asked).toEqual([`GET ${jwksUri}`]);
      await plain.stop();
    });
  });
});
