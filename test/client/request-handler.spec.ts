import https, { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { CognitoClient, type CognitoClientOptions } from '../../lib/client/cognito-client.js';
import { startApplication } from '../user/application.js';
import { CLIENT_ID, POOL_ID } from '../user/service-under-test.js';
import { ConnectProxy } from '../support/connect-proxy.js';
import { PRIVATE_CERTIFICATE } from '../support/private-certificate.js';
import { FakeService, json, silence } from './fake-service.js';

const { ca, cert, key } = PRIVATE_CERTIFICATE;
const HONOURS_PROXIES = Number(process.versions.node.split('.')[0]) >= 24;

describe('requestHandler', () => {
  let server: Server;
  let endpoint: string;
  let requests: number;
  let clients: CognitoClient[];
  let globalAgent: Agent;

  beforeEach(async () => {
    requests = 0;
    clients = [];
    globalAgent = https.globalAgent;
    server = createServer({ cert, key }, (request, response) => {
      requests += 1;
      request.resume().on('end', () => response.end('{"Username":"ann","CodeDeliveryDetails":{}}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    https.globalAgent = globalAgent;
    for (const client of clients) {
      client.destroy();
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const clientWith = (options: Partial<CognitoClientOptions>): CognitoClient => {
    const client = new CognitoClient({ region: 'eu-west-1', endpoint, ...options }, { wait: () => Promise.resolve() });
    clients.push(client);
    return client;
  };
  const getUser = (client: CognitoClient): Promise<unknown> => client.send('GetUser', { AccessToken: 'token' });

  it('is needed for a private authority, and the error says so', async () => {
    const connections = jest.fn();
    server.on('connection', connections);

    await expect(getUser(clientWith({}))).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/certificate.*NODE_EXTRA_CA_CERTS.*"requestHandler"/) as string,
    });

    expect([requests, connections.mock.calls.length]).toEqual([0, 1]);
  });

  it.each([
    ['options of an agent', { httpsAgent: { ca } }],
    ['an agent', { httpsAgent: new Agent({ ca }) }],
  ])('accepts %s', async (_, requestHandler) => {
    await expect(getUser(clientWith({ requestHandler }))).resolves.toMatchObject({ Username: 'ann' });
  });

  it('is an option of the module', async () => {
    const application = await startApplication({
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      endpoint,
      requestHandler: { httpsAgent: { ca } },
    });

    await expect(application.cognito.initiateForgotPassword({ username: 'ann' })).resolves.toEqual({});
    await application.close();
  });

  it('takes the options of the global agent by default', async () => {
    https.globalAgent = new Agent({ ca });

    await expect(getUser(clientWith({}))).resolves.toMatchObject({ Username: 'ann' });
  });

  it('is a global agent of another class by default, which stays open', async () => {
    const used = jest.fn();
    class OtherAgent extends Agent {
      override createConnection(...args: Parameters<Agent['createConnection']>): ReturnType<Agent['createConnection']> {
        used();
        return super.createConnection(...args);
      }
    }
    const agent = new OtherAgent({ ca, keepAlive: true });
    const destroy = jest.spyOn(agent, 'destroy');
    https.globalAgent = agent;
    const client = clientWith({});

    await getUser(client);
    client.destroy();

    expect([used.mock.calls.length, destroy.mock.calls.length]).toEqual([1, 0]);
    agent.destroy();
  });

  (HONOURS_PROXIES ? describe : describe.skip)('on a Node.js with proxies', () => {
    let proxy: ConnectProxy;

    beforeEach(async () => {
      proxy = await ConnectProxy.start();
    });

    afterEach(() => proxy.stop());

    it('goes through the proxy of its agent', async () => {
      const httpsAgent = { ca, proxyEnv: { HTTPS_PROXY: proxy.url } };

      await expect(getUser(clientWith({ requestHandler: { httpsAgent } }))).resolves.toMatchObject({ Username: 'ann' });

      expect(proxy.tunnels).toEqual([new URL(endpoint).host]);
    });

    it('goes through the proxy of the global agent, as NODE_USE_ENV_PROXY sets it', async () => {
      https.globalAgent = new Agent({ ca, proxyEnv: { HTTPS_PROXY: proxy.url } } as https.AgentOptions);

      await expect(getUser(clientWith({}))).resolves.toMatchObject({ Username: 'ann' });

      expect(proxy.tunnels).toEqual([new URL(endpoint).host]);
    });
  });

  describe('of the application', () => {
    it.each([
      ['requestTimeout', { requestTimeout: 20, retry: { maxAttempts: 1 } }],
      ['callTimeout', { callTimeout: 20 }],
    ])('that never answers is bounded by %s', async (_, options) => {
      const handle = jest.fn(() => new Promise<never>(() => undefined));

      await expect(getUser(clientWith({ requestHandler: { handle }, ...options }))).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        message: 'GetUser: Cognito did not answer in time.',
      });

      expect(handle).toHaveBeenCalledTimes(1);
    });

    it('is told when the time is over, and retried where that is harmless', async () => {
      const signals: AbortSignal[] = [];
      const handle = (_request: unknown, { abortSignal }: { abortSignal: AbortSignal }): Promise<never> => {
        signals.push(abortSignal);
        return new Promise(() => undefined);
      };

      await expect(getUser(clientWith({ requestHandler: { handle }, requestTimeout: 20 }))).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      });

      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    });

    it('is not destroyed with the client', async () => {
      const fake = await FakeService.start();
      fake.on('GetUser', json({ Username: 'ann', UserAttributes: [] }));
      const { requestHandler: inner } = (await clientWith({ endpoint: fake.endpoint }).sdk()).config;
      const destroy = jest.fn();
      const handle = inner.handle.bind(inner);
      const client = clientWith({ endpoint: fake.endpoint, requestHandler: { handle, destroy } });

      await getUser(client);
      client.destroy();

      expect(destroy).not.toHaveBeenCalled();
      await fake.stop();
    });
  });

  it('keeps requestTimeout with options of its own', async () => {
    const fake = await FakeService.start();
    fake.on('GetUser', silence());
    const options = { endpoint: fake.endpoint, requestTimeout: 20, retry: { maxAttempts: 1 } };

    await expect(getUser(clientWith({ ...options, requestHandler: { httpAgent: {} } }))).rejects.toMatchObject({
      message: 'GetUser: Cognito did not answer in time.',
    });
    await fake.stop();
  });
});
