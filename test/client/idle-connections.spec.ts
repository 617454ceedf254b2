import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import { CognitoClient, type ClientEnvironment, type CognitoClientOptions } from '../../lib/client/cognito-client.js';
import { type Closing, PeerThread } from '../support/peer-thread.js';
import { FakeService, json, reset } from './fake-service.js';

const USER = { Username: 'ann', UserAttributes: [] };

const ONCE_ONLY = [
  ['SignUp', { ClientId: 'client', Username: 'ann' }],
  ['GetTokensFromRefreshToken', { ClientId: 'client', RefreshToken: 'rotating' }],
] as const;

describe('connections that the other side closed while they were idle', () => {
  let clients: CognitoClient[];

  beforeEach(() => {
    clients = [];
  });

  afterEach(() => {
    for (const client of clients) {
      client.destroy();
    }
  });

  const connectTo = (
    endpoint: string,
    environment: Partial<ClientEnvironment> = {},
    options: Partial<CognitoClientOptions> = {},
  ): CognitoClient => {
    const client = new CognitoClient(
      { region: 'eu-west-1', endpoint, ...options },
      { wait: () => Promise.resolve(), ...environment },
    );
    clients.push(client);
    return client;
  };

  describe.each<Closing>(['close', 'reset'])('by %s, while the process stood still', (how) => {
    let peer: PeerThread;

    beforeEach(async () => {
      peer = await PeerThread.start();
    });

    afterEach(() => peer.stop());

    it.each(ONCE_ONLY)('fail no %s, which is sent once', async (operation, input) => {
      const client = connectTo(peer.endpoint);
      await client.send('GetUser', { AccessToken: 'token' });
      await new Promise(setImmediate);

      peer.closeConnections(how);
      await expect(client.send(operation, input)).resolves.toBeDefined();

      expect(await peer.requests()).toBe(2);
    });
  });

  it('are dropped by age once the clock has moved on, as after a suspension', async () => {
    const fake = await FakeService.start();
    let connections = 0;
    fake.onConnection(() => (connections += 1));
    fake.on('GetUser', json(USER));
    let now = 0;
    const client = connectTo(fake.endpoint, { clock: () => now });
    const call = async (): Promise<number> => {
      await client.send('GetUser', { AccessToken: 'token' });
      await new Promise(setImmediate);
      return connections;
    };

    expect(await call()).toBe(1);
    now += 4_999;
    expect(await call()).toBe(1);
    now += 5_000;
    expect(await call()).toBe(2);
    now -= 60_000;
    expect(await call()).toBe(3);
    await fake.stop();
  });

  it('do not excuse a second request after one that may have been processed', async () => {
    const fake = await FakeService.start();
    fake.on('GetUser', json(USER)).on('SignUp', reset());
    const client = connectTo(fake.endpoint);
    await client.send('GetUser', { AccessToken: 'token' });
    await new Promise(setImmediate);

    await expect(client.send('SignUp', { ClientId: 'client', Username: 'ann' })).rejects.toMatchObject({ status: 503 });

    expect(fake.sent('SignUp')).toHaveLength(1);
    await fake.stop();
  });

  describe('that fail before a request is complete', () => {
    let fake: FakeService;

    beforeEach(async () => {
      fake = await FakeService.start();
    });

    afterEach(() => fake.stop());

    /** Fails once with the error, then sends. */
    const failingOnce = async (error: Error): Promise<CognitoClient> => {
      const { requestHandler } = (await connectTo(fake.endpoint).sdk()).config;
      let failed = false;
      const handle: typeof requestHandler.handle = async (request, options) => {
        if (failed) {
          return requestHandler.handle(request, options);
        }
        failed = true;
        throw error;
      };
      return connectTo(fake.endpoint, {}, { requestHandler: { handle } });
    };

    it.each(ONCE_ONLY)('are replaced for %s after a failed write', async (operation, input) => {
      const client = await failingOnce(await failureOfWrite());
      fake.on(operation, json({}));

      await expect(client.send(operation, input)).resolves.toBeDefined();

      expect(fake.requests).toHaveLength(1);
    });

    it.each(ONCE_ONLY)('are replaced for %s if no address of the host accepts one', async (operation, input) => {
      const refused = Object.assign(new Error('connect'), { code: 'ETIMEDOUT', syscall: 'connect' });
      const client = await failingOnce(
        Object.assign(new AggregateError([refused, refused]), { code: 'ETIMEDOUT', name: 'TimeoutError' }),
      );
      fake.on(operation, json({}));

      await expect(client.send(operation, input)).resolves.toBeDefined();
    });
  });

  it('are counted as unused if TLS was never established', async () => {
    let connections = 0;
    const server = createServer().on('connection', (socket) => {
      connections += 1;
      socket.resume().destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = connectTo(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);

    const call = client.send('SignUp', { ClientId: 'client', Username: 'ann' });
    await expect(call).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });

    expect(connections).toBe(3);
    server.close();
  });
});

/** What Node.js reports when it writes to a connection that was reset. */
async function failureOfWrite(): Promise<Error> {
  const peer = await PeerThread.start();
  const socket = connect(peer.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nHost: peer\r\n\r\n');
  await once(socket, 'data');
  const failure = once(socket, 'error') as Promise<[NodeJS.ErrnoException]>;
  peer.closeConnections('reset');
  socket.write('POST');
  const [error] = await failure;
  await peer.stop();
  expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'write' });
  return Object.assign(error, { name: 'TimeoutError' });
}
