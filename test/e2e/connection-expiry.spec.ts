import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type INestApplication, type ModuleMetadata, UseGuards } from '@nestjs/common';
import { GraphQLModule, Query, Resolver, Subscription } from '@nestjs/graphql';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import { type OnGatewayConnection, WebSocketGateway } from '@nestjs/websockets';
import { createClient } from 'graphql-ws';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';

import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { ConnectionExpiry } from '../../lib/auth/connections/connection-expiry.js';
import { bearerToken } from '../../lib/auth/extractors/bearer-token.js';
import { handshakeToken, payloadToken } from '../../lib/auth/extractors/message-token.js';
import { UserPools } from '../../lib/auth/pools/user-pools.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import type { MandateModuleOptions } from '../../lib/module/options.js';
import type { VerifiedClaims } from '../../lib/tokens/claims/token-claims.js';
import { accessClaims, accessToken, NOW, TestClock } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { DoorGateway } from './support/door-gateway.js';
import { ManualTimers } from './support/manual-timers.js';

const HOUR = 3_600_000;
const ended = { status: 'error', statusCode: 401, code: 'TOKEN_EXPIRED' };

/** A token of a user for some hours from the moment at which the tests take place. */
function tokenOf(sub: string, hours: number): string {
  return accessToken({ sub, exp: (NOW + hours * HOUR) / 1000 });
}

let clock: TestClock;
let timers: ManualTimers;
let expiry: ConnectionExpiry;
let app: INestApplication | undefined;
let opened: (() => unknown)[];

beforeEach(() => {
  clock = new TestClock();
  timers = new ManualTimers(clock);
  opened = [];
});
afterEach(async () => {
  for (const close of opened) {
    await close();
  }
  await app?.close();
  app = undefined;
});

async function start(
  metadata: ModuleMetadata,
  options: Partial<MandateModuleOptions> = {},
  adapter?: typeof IoAdapter | typeof WsAdapter,
): Promise<string> {
  const extractors = [payloadToken('token'), bearerToken(), handshakeToken()];
  const module = await Test.createTestingModule({
    ...metadata,
    imports: [
      MandateModule.forRoot({ ...poolOptions, clock: clock.read, extractors, ...options }),
      ...(metadata.imports ?? []),
    ],
  })
    .overrideProvider(ConnectionExpiry)
    .useFactory({
      inject: [UserPools],
      factory: (pools: UserPools) => (expiry = new ConnectionExpiry(pools, timers.schedule)),
    })
    .compile();
  app = module.createNestApplication({ logger: false });
  if (adapter !== undefined) {
    app.useWebSocketAdapter(new adapter(app));
  }
  await app.listen(0, '127.0.0.1');
  return `127.0.0.1:${(app.getHttpServer() as { address(): AddressInfo }).address().port}`;
}

/** A connection that stays. */
interface Line {
  /** Sends a message, and returns what the client hears next. */
  ask(operation: string, data?: object): Promise<unknown>;
  /** What the client heard last, and why the connection was closed. */
  readonly closed: Promise<readonly [last: unknown, reason: unknown]>;
  readonly close: () => unknown;
}

async function openWs(address: string, token?: string): Promise<Line> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://${address}`, { headers });
  await once(socket, 'open');
  let last: unknown;
  socket.on('message', (text: Buffer) => {
    last = (JSON.parse(text.toString()) as { data: unknown }).data;
  });
  return {
    ask: async (event, data = {}) => {
      socket.send(JSON.stringify({ event, data }));
      await once(socket, 'message');
      return last;
    },
    closed: once(socket, 'close').then(([code, reason]) => [last, [code, String(reason)]]),
    close: () => {
      socket.close();
    },
  };
}

async function openSocketIo(address: string, token?: string): Promise<Line> {
  const auth = token === undefined ? {} : { token };
  const socket: Socket = io(`http://${address}`, { transports: ['websocket'], forceNew: true, auth });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  let last: unknown;
  let heard: (() => void) | undefined;
  socket.onAny((_event, data: unknown) => {
    last = data;
    heard?.();
  });
  return {
    ask: async (event, data = {}) => {
      const answered = new Promise<void>((resolve) => (heard = resolve));
      socket.emit(event, data);
      await answered;
      return last;
    },
    closed: new Promise((resolve) => {
      socket.once('disconnect', (reason) => {
        resolve([last, reason]);
      });
    }),
    close: () => socket.close(),
  };
}

@WebSocketGateway()
class VerifyingGateway implements OnGatewayConnection {
  constructor(private readonly connectionExpiry: ConnectionExpiry) {}

  handleConnection(client: object): void {
    this.connectionExpiry.endAtExpiry(client, accessClaims() as VerifiedClaims);
  }
}

describe.each([
  ['socket.io', IoAdapter, openSocketIo, 'io server disconnect'],
  ['plain WebSockets', WsAdapter, openWs, [1008, 'TOKEN_EXPIRED']],
] as const)('a connection of %s', (_, adapter, openLine, reason) => {
  const startGateway = (options?: Partial<MandateModuleOptions>) =>
    start({ providers: [DoorGateway] }, options, adapter);
  const open = async (address: string, token?: string) => {
    const line = await openLine(address, token);
    opened.push(line.close);
    return line;
  };
  const isOpen = async (line: Line) => {
    // What the client is told next is the answer, and not that the connection has ended.
    expect(await line.ask('open')).toHaveProperty('user');
  };

  it('ends when its token expires, and tells the client why', async () => {
    const line = await open(await startGateway(), tokenOf('ann', 1));
    expect(await line.ask('me')).toEqual({ user: 'ann' });
    timers.advance(HOUR - 1);
    await isOpen(line);
    timers.advance(1);
    expect(await line.closed).toEqual([expect.objectContaining(ended), reason]);
    expect([expiry.size, timers.size]).toEqual([0, 0]);
  });

  it('ends also if only public handlers were called', async () => {
    const line = await open(await startGateway(), tokenOf('ann', 1));
    expect(await line.ask('open')).toEqual({ user: 'ann' });
    timers.advance(HOUR);
    expect(await line.closed).toEqual([expect.objectContaining(ended), reason]);
  });

  it('lasts longer by the clock tolerance', async () => {
    const line = await open(await startGateway({ clockToleranceSeconds: 30 }), tokenOf('ann', 1));
    await line.ask('me');
    timers.advance(HOUR + 29_999);
    await isOpen(line);
    timers.advance(1);
    expect(await line.closed).toEqual([expect.objectContaining(ended), reason]);
  });

  it('is extended by a message with a newer token of its caller, and not by one of another', async () => {
    const line = await open(await startGateway(), tokenOf('ann', 1));
    await line.ask('me');
    expect(await line.ask('me', { token: tokenOf('bob', 9) })).toEqual({ user: 'bob' });
    expect(await line.ask('me', { token: tokenOf('ann', 2) })).toEqual({ user: 'ann' });
    expect(await line.ask('me', { token: tokenOf('ann', 1.5) })).toEqual({ user: 'ann' });
    timers.advance(2 * HOUR - 1);
    expect(await line.ask('me')).toMatchObject({ code: 'TOKEN_EXPIRED' });
    await isOpen(line);
    timers.advance(1);
    expect(await line.closed).toEqual([expect.objectContaining(ended), reason]);
  });

  it('ends when the last token of its messages expires, if the handshake has none', async () => {
    const line = await open(await startGateway());
    await line.ask('me', { token: tokenOf('ann', 2) });
    await line.ask('me', { token: tokenOf('bob', 1) });
    timers.advance(HOUR);
    expect(await line.ask('me', { token: tokenOf('ann', 2) })).toEqual({ user: 'ann' });
    timers.advance(HOUR);
    expect(await line.closed).toEqual([expect.objectContaining(ended), reason]);
  });

  it('has no timer if nobody was recognized, or the option is off', async () => {
    const address = await startGateway({ endConnectionsAtExpiry: false });
    const line = await open(address, tokenOf('ann', 1));
    expect(await line.ask('me')).toEqual({ user: 'ann' });
    const stranger = await open(address);
    expect(await stranger.ask('open')).toEqual({ user: null });
    expect([expiry.size, timers.size]).toEqual([0, 0]);
    timers.advance(HOUR);
    await isOpen(line);
  });

  it('has one timer, which ends with it', async () => {
    const address = await startGateway();
    const line = await open(address, tokenOf('ann', 1));
    const other = await open(address, tokenOf('ann', 1));
    for (const each of [line, line, other]) {
      await each.ask('me');
    }
    await line.ask('me', { token: tokenOf('ann', 2) });
    expect([expiry.size, timers.size]).toEqual([2, 2]);
    line.close();
    await line.closed;
    while (expiry.size > 1) {
      await new Promise(setImmediate);
    }
    expect(timers.size).toBe(1);
    await app?.close();
    expect([expiry.size, timers.size]).toEqual([0, 0]);
  });

  it('ends also if the client never sends a message, where the application verifies its token as it connects', async () => {
    const address = await start({ providers: [VerifyingGateway] }, {}, adapter);
    const line = await open(address);
    expect(expiry.size).toBe(1);
    timers.advance(HOUR);
    expect(await line.closed).toEqual([expect.objectContaining(ended), reason]);
  });

  it('waits in steps that a timer can take', async () => {
    const line = await open(await startGateway(), tokenOf('ann', 24 * 60));
    await line.ask('me');
    timers.advance(2 ** 31 - 1);
    timers.advance(60 * 24 * HOUR - (2 ** 31 - 1));
    expect(await line.closed).toEqual([expect.objectContaining(ended), reason]);
    expect(timers.delays[0]).toBe(2 ** 31 - 1);
    expect(Math.max(...timers.delays)).toBe(2 ** 31 - 1);
  });
});

@Resolver()
@UseGuards(CognitoAuthGuard)
class EndlessResolver {
  static returned = 0;

  @Query(() => Boolean)
  ready(): boolean {
    return true;
  }

  /** Yields once and then never again. */
  @Subscription(() => Boolean)
  endless(): AsyncIterableIterator<object> {
    const events = [{ endless: true }];
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => {
        const value = events.shift();
        return value ? Promise.resolve({ value }) : new Promise(() => undefined);
      },
      return: () => {
        EndlessResolver.returned += 1;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}

describe('a subscription over graphql-ws', () => {
  const subscribe = async (graphql: Partial<ApolloDriverConfig>, headers: object) => {
    const subscriptions = { 'graphql-ws': true } as const;
    const driver = { driver: ApolloDriver, autoSchemaFile: true, graphiql: false, subscriptions, ...graphql };
    const address = await start({
      imports: [GraphQLModule.forRoot<ApolloDriverConfig>(driver)],
      providers: [EndlessResolver],
    });
    class HeaderSocket extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { headers: { ...headers } });
      }
    }
    let closed: (code: number) => void;
    const code = new Promise<number>((resolve) => (closed = resolve));
    const client = createClient({
      url: `ws://${address}/graphql`,
      webSocketImpl: HeaderSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${tokenOf('ann', 1)}` },
      on: {
        closed: (event) => {
          closed((event as { code: number }).code);
        },
      },
    });
    opened.push(() => client.dispose());
    EndlessResolver.returned = 0;
    const events = client.iterate({ query: 'subscription { endless }' });
    expect(await events.next()).toEqual({ done: false, value: { data: { endless: true } } });
    return { code, events };
  };
  const returned = async () => {
    while (EndlessResolver.returned === 0) {
      await new Promise(setImmediate);
    }
  };

  it('ends when its token expires: the connection closes, as graphql-ws does for Forbidden', async () => {
    const { code, events } = await subscribe({}, {});
    timers.advance(HOUR - 1);
    expect(expiry.size).toBe(1);
    timers.advance(1);
    expect(await code).toBe(4403);
    await expect(events.next()).rejects.toMatchObject({ code: 4403, reason: 'TOKEN_EXPIRED' });
    await returned();
    expect([expiry.size, timers.size]).toEqual([0, 0]);
  });

  it('ends also if the context holds the upgrade request alone', async () => {
    const context = ({ extra }: { extra: { request: object } }) => ({ req: extra.request });
    const { code } = await subscribe({ context }, { authorization: `Bearer ${tokenOf('ann', 1)}` });
    timers.advance(HOUR);
    expect(await code).toBe(1006);
    await returned();
  });
});

describe('the timers of connections', () => {
  const source = { transport: 'ws', headers: {}, handshake: {}, request: {}, data: undefined } as const;
  const call = { source, carrier: {}, httpRequest: undefined, httpResponse: undefined };
  const observe = (real: ConnectionExpiry, connection: object, token: string) => {
    const claims = { exp: NOW / 1000 + 60, sub: 'ann' } as never;
    const pool = { name: 'default', realm: '', extractors: [], clock: clock.read, verifier: {} as never };
    real.observe(connection, call, { claims, token, pool: 'default' }, pool);
  };

  it('do not keep a process alive, and are cancelled', () => {
    const unref = jest.fn().mockReturnThis();
    const handle = { unref } as unknown as NodeJS.Timeout;
    const set = jest.spyOn(globalThis, 'setTimeout').mockReturnValue(handle);
    const clear = jest.spyOn(globalThis, 'clearTimeout').mockImplementation();
    const real = new ConnectionExpiry(new UserPools());
    observe(real, {}, 'a');
    expect(set).toHaveBeenCalledWith(expect.any(Function), 60_000);
    expect(unref).toHaveBeenCalledTimes(1);
    real.onApplicationShutdown();
    expect(clear).toHaveBeenCalledWith(handle);
    observe(real, {}, 'b');
    expect(set).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
  });

  it.each([{ readyState: 2 }, { readyState: 3 }, { disconnected: true }, { readyState: 'open', destroyed: true }])(
    'are not set for a connection that closed while its token was verified: %j',
    (connection) => {
      expiry = new ConnectionExpiry(new UserPools(), timers.schedule);
      observe(expiry, connection, 'a');
      expect([expiry.size, timers.size]).toEqual([0, 0]);
    },
  );
});
