import { EventEmitter, on, once } from 'node:events';
import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

import { cookieToken } from '../../lib/auth/extractors/cookie-token.js';
import { handshakeToken, payloadToken } from '../../lib/auth/extractors/message-token.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import type { MandateModuleOptions } from '../../lib/module/options.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { describeDoor, type Door, type Operation, type Outcome, poolOptions } from './support/door.js';
import { DoorGateway } from './support/door-gateway.js';
import { rendezvous } from './support/rendezvous.js';

interface Message {
  readonly user?: string | null;
  readonly code?: string;
}

const outcomeOf = ({ user, code }: Message): Outcome => (code === undefined ? { user: user ?? null } : { code });

async function startGateway(adapter: typeof IoAdapter | typeof WsAdapter, options: MandateModuleOptions = poolOptions) {
  const module = await Test.createTestingModule({
    imports: [MandateModule.forRoot(options)],
    providers: [DoorGateway],
  }).compile();
  const app: INestApplication = module.createNestApplication({ logger: false });
  app.useWebSocketAdapter(new adapter(app));
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return { app, address: `127.0.0.1:${port}` };
}

/** One connection of socket.io per call; the token in the handshake's `auth`. */
async function openSocketIo(): Promise<Door> {
  const { app, address } = await startGateway(IoAdapter);
  return {
    call(operation, token): Promise<Outcome> {
      const socket = io(`http://${address}`, {
        transports: ['websocket'],
        forceNew: true,
        ...(token !== undefined && { auth: { token } }),
      });
      return new Promise<Message>((resolve) => {
        socket.on('answer', resolve);
        socket.on('exception', resolve);
        socket.emit(operation, {});
      })
        .then(outcomeOf)
        .finally(() => socket.close());
    },
    close: () => app.close(),
  };
}

/** One plain WebSocket per call; the token in the header of the upgrade request. */
async function openWs(): Promise<Door> {
  const { app, address } = await startGateway(WsAdapter);
  return {
    call(operation, token): Promise<Outcome> {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const socket = new WebSocket(`ws://${address}`, { headers });
      return ask(socket, operation, {}).finally(() => {
        socket.close();
      });
    },
    close: () => app.close(),
  };
}

async function ask(socket: WebSocket, operation: Operation, data: object): Promise<Outcome> {
  if (socket.readyState === WebSocket.CONNECTING) {
    await new Promise((resolve) => socket.once('open', resolve));
  }
  return new Promise((resolve) => {
    socket.once('message', (message: Buffer) => {
      resolve(outcomeOf((JSON.parse(message.toString()) as { data: Message }).data));
    });
    socket.send(JSON.stringify({ event: operation, data }));
  });
}

describeDoor('the guard over socket.io', openSocketIo);
describeDoor('the guard over plain WebSockets', openWs);

describe('cookies of the handshake', () => {
  const options = { ...poolOptions, extractors: [cookieToken('session')] };
  const known = { user: '7d8ca528-4931-4254-9273-ea5ee853f271' };

  it('are read over plain WebSockets', async () => {
    const { app, address } = await startGateway(WsAdapter, options);
    const call = async (cookie: string): Promise<Outcome> => {
      const socket = new WebSocket(`ws://${address}`, { headers: { cookie } });
      return ask(socket, 'me', {}).finally(() => {
        socket.close();
      });
    };
    expect(await call(`a=b; session=${accessToken()}`)).toEqual(known);
    expect(await call(`session=${accessToken({ exp: 1 })}`)).toEqual({ code: 'TOKEN_EXPIRED' });
    expect(await call(`other=${accessToken()}`)).toEqual({ code: 'TOKEN_MISSING' });
    await app.close();
  });

  it('are read over socket.io', async () => {
    const { app, address } = await startGateway(IoAdapter, options);
    const call = async (cookie: string): Promise<Outcome> => {
      const socket = io(`http://${address}`, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { cookie },
      });
      return new Promise<Message>((resolve) => {
        socket.on('answer', resolve);
        socket.on('exception', resolve);
        socket.emit('me', {});
      })
        .then(outcomeOf)
        .finally(() => socket.close());
    };
    expect(await call(`a=b; session=${accessToken()}`)).toEqual(known);
    expect(await call('a=b')).toEqual({ code: 'TOKEN_MISSING' });
    await app.close();
  });
});

/** A connection that stays, on which messages are sent and answers come in any order. */
interface Line {
  send(operation: Operation, data: object): void;
  /** The next answer. */
  receive(): Promise<Message>;
  readonly close: () => void;
}

async function openWsLine(address: string): Promise<Line> {
  const socket = new WebSocket(`ws://${address}`);
  await once(socket, 'open');
  const answers = on(socket, 'message');
  return {
    send: (event, data) => {
      socket.send(JSON.stringify({ event, data }));
    },
    receive: async () => (JSON.parse(String(await firstOf(answers))) as { data: Message }).data,
    close: () => {
      socket.close();
    },
  };
}

async function openSocketIoLine(address: string): Promise<Line> {
  const socket = io(`http://${address}`, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const events = new EventEmitter();
  socket.onAny((_event, message: unknown) => events.emit('message', message));
  const answers = on(events, 'message');
  return {
    send: (operation, data) => socket.emit(operation, data),
    receive: async () => (await firstOf(answers)) as Message,
    close: () => socket.close(),
  };
}

async function firstOf(events: AsyncIterator<unknown[]>): Promise<unknown> {
  const { value } = (await events.next()) as IteratorYieldResult<unknown[]>;
  return value[0];
}

describe.each([
  ['socket.io', IoAdapter, openSocketIoLine],
  ['plain WebSockets', WsAdapter, openWsLine],
] as const)('one connection of %s for many users', (_, adapter, open) => {
  const opened: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) {
      await close();
    }
  });

  it('keeps apart the tokens that come with the messages, also when all are inside at once', async () => {
    const { app, address } = await startGateway(adapter, { ...poolOptions, extractors: [payloadToken('token')] });
    const line = await open(address);
    opened.push(line.close, () => app.close());
    const subs = Array.from({ length: 10 }, (_each, i) => `user-${i}`);
    const tokens = subs.map((sub) => accessToken({ sub }));
    rendezvous.expect(12);
    line.send('open', {});
    tokens.forEach((token) => {
      line.send('me', { token });
    });
    line.send('open', { token: accessToken({ exp: 1 }) });

    const users: string[] = [];
    while (users.length < 12) {
      const { user, code } = await line.receive();
      users.push(user ?? code ?? 'nobody');
    }
    expect(users.sort()).toEqual(['nobody', 'nobody', ...subs]);
  });
});

describe('a plain WebSocket', () => {
  it('refuses the next message when the token of the connection has expired', async () => {
    let now = poolOptions.clock?.() ?? 0;
    const { app, address } = await startGateway(WsAdapter, { ...poolOptions, clock: () => now });
    const socket = new WebSocket(`ws://${address}`, { headers: { authorization: `Bearer ${accessToken()}` } });
    expect(await ask(socket, 'me', {})).toHaveProperty('user');
    now += 3_600_000;
    expect(await ask(socket, 'me', {})).toEqual({ code: 'TOKEN_EXPIRED' });
    expect(await ask(socket, 'open', {})).toEqual({ user: null });
    socket.close();
    await app.close();
  });
});

describe('a refused message', () => {
  const options = { ...poolOptions, extractors: [payloadToken('token'), handshakeToken()] };
  const expired = accessToken({ exp: 1 });
  const refusal = (code: string, data: unknown) => {
    return {
      status: 'error',
      statusCode: 401,
      error: 'Unauthorized',
      code,
      message: expect.any(String) as string,
      cause: { pattern: 'me', data },
    };
  };
  let app: INestApplication;
  let address: string;
  const start = async (adapter: typeof IoAdapter | typeof WsAdapter) => {
    ({ app, address } = await startGateway(adapter, options));
  };
  afterEach(() => app.close());

  it('is named by the exception of socket.io, and acknowledged with it', async () => {
    await start(IoAdapter);
    const socket = io(`http://${address}`, { transports: ['websocket'], forceNew: true });
    const exceptions: unknown[] = [];
    socket.on('exception', (exception) => exceptions.push(exception));
    const acknowledged: unknown = await socket.timeout(5_000).emitWithAck('me', { id: 7, token: 'a' });
    expect(acknowledged).toEqual(refusal('TOKEN_MALFORMED', { id: 7, token: 'a' }));
    expect(exceptions).toEqual([acknowledged]);
    // Without a payload, and with several.
    expect(await socket.timeout(5_000).emitWithAck('me')).toEqual(refusal('TOKEN_MISSING', undefined));
    expect(await socket.timeout(5_000).emitWithAck('me', 1, { id: 8 })).toEqual(
      refusal('TOKEN_MISSING', [1, { id: 8 }]),
    );
    expect(await socket.timeout(5_000).emitWithAck('me', Buffer.of(1, 2))).toEqual(
      refusal('TOKEN_MISSING', Buffer.of(1, 2)),
    );
    socket.close();
  });

  it('is acknowledged once, if it is allowed', async () => {
    await start(IoAdapter);
    const socket = io(`http://${address}`, { transports: ['websocket'], forceNew: true });
    const answered = new Promise((resolve) => socket.once('answer', resolve));
    socket.emit('me', { token: accessToken({ sub: 'ann' }) }, () => {
      throw new Error('An event is the answer.');
    });
    expect(await answered).toEqual({ user: 'ann' });
    socket.close();
  });

  it('is named by the exception of a plain WebSocket', async () => {
    await start(WsAdapter);
    const socket = new WebSocket(`ws://${address}`);
    await once(socket, 'open');
    const exceptions = on(socket, 'message');
    const ids = [1, 2, 3];
    for (const id of ids) {
      socket.send(JSON.stringify({ event: 'me', data: { id } }));
    }
    for (const id of ids) {
      const exception: unknown = JSON.parse(String(await firstOf(exceptions)));
      expect(exception).toEqual({ event: 'exception', data: refusal('TOKEN_MISSING', { id }) });
    }
    socket.close();
  });

  it('is repeated without its tokens', async () => {
    await start(WsAdapter);
    const socket = new WebSocket(`ws://${address}`);
    await once(socket, 'open');
    const data = { token: `Bearer ${expired}`, list: [expired], headers: { authorization: expired }, text: 'a.b.c' };
    socket.send(JSON.stringify({ event: 'me', data }));
    const [text] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(text.toString())).toEqual({
      event: 'exception',
      data: refusal('TOKEN_EXPIRED', {
        token: 'Bearer [token]',
        list: ['[token]'],
        headers: { authorization: '[token]' },
        text: 'a.b.c',
      }),
    });
    socket.close();
  });
});
