import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { Controller, Get, type INestApplication, Req, UseFilters, UseGuards } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { io } from 'socket.io-client';
import request from 'supertest';
import { WebSocket } from 'ws';

import {
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CurrentUser,
  MandateModule,
  rememberHandshake,
} from '../../lib/index.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { startApp } from './support/http-apps.js';

const token = accessToken({ sub: 'ann' });
const [, , signature = ''] = token.split('.');

/** What a handler can get at, as its logs may show it. */
let seen: Record<string, unknown> = {};

@WebSocketGateway()
@UseFilters(CognitoExceptionFilter)
@UseGuards(CognitoAuthGuard)
class SayGateway {
  handleConnection(client: WebSocket, upgrade?: IncomingMessage): void {
    if (upgrade !== undefined) {
      rememberHandshake(client, upgrade);
    }
  }

  @SubscribeMessage('say')
  say(@MessageBody() data: object, @ConnectedSocket() client: object, @CurrentUser('sub') sub: string) {
    seen = { data, copy: { ...data }, client };
    return { event: 'said', data: sub };
  }
}

@Controller()
@UseGuards(CognitoAuthGuard)
class MeController {
  @Get()
  me(@Req() received: object, @CurrentUser('sub') sub: string) {
    seen = { symbols: Object.getOwnPropertySymbols({ ...received }) };
    return { sub };
  }
}

let app: INestApplication;
afterEach(() => app.close());

async function start(adapter: typeof WsAdapter | typeof IoAdapter): Promise<string> {
  app = await startApp(
    'express',
    { imports: [MandateModule.forRoot(poolOptions)], controllers: [MeController], providers: [SayGateway] },
    (application) => {
      application.useWebSocketAdapter(new adapter(application));
    },
  );
  return `127.0.0.1:${(app.getHttpServer() as { address(): AddressInfo }).address().port}`;
}

/** The answer to a message over a plain WebSocket that was opened with these headers. */
async function answerTo(headers: Record<string, string | string[]>): Promise<unknown> {
  const socket = new WebSocket(`ws://${await start(WsAdapter)}`, { headers: headers as Record<string, string> });
  await once(socket, 'open');
  socket.send(JSON.stringify({ event: 'say', data: { text: 'hello' } }));
  const [message] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return JSON.parse(message.toString());
}

async function answerOverSocketIo(options: Parameters<typeof io>[1]): Promise<unknown> {
  const socket = io(`http://${await start(IoAdapter)}`, { transports: ['websocket'], ...options });
  const answer = await new Promise((resolve) => {
    socket.on('said', resolve);
    socket.on('exception', resolve);
    socket.emit('say', { text: 'hello' });
  });
  socket.close();
  return answer;
}

describe('what the guard records about the caller', () => {
  it('shows in no payload, and in no copy of it', async () => {
    expect(await answerOverSocketIo({ auth: { token } })).toBe('ann');
    expect(seen['data']).toEqual({ text: 'hello' });
    expect(seen['copy']).toEqual({ text: 'hello' });
    expect(inspect(seen['data'], { depth: Infinity, showHidden: true })).not.toContain(signature);
  });

  it('shows in no socket whose handshake is remembered', async () => {
    expect(await answerTo({ authorization: `Bearer ${token}` })).toEqual({ event: 'said', data: 'ann' });
    expect(seen['data']).toEqual({ text: 'hello' });
    expect(inspect(seen['client'])).not.toContain(signature);
  });

  it('is not copied from a request', async () => {
    await start(WsAdapter);
    await request(app.getHttpServer() as never)
      .get('/')
      .set('Authorization', `Bearer ${token}`)
      .expect(200, { sub: 'ann' });
    expect(seen['symbols']).not.toContain(Symbol.for('mandate.authentication'));
  });
});

describe('two Authorization headers of a handshake', () => {
  const both = [`Bearer ${token}`, 'Bearer other'];

  it('are refused over plain WebSockets', async () => {
    expect(await answerTo({ authorization: both })).toMatchObject({
      event: 'exception',
      data: { code: 'REQUEST_MALFORMED' },
    });
  });

  it('are refused over socket.io', async () => {
    expect(await answerOverSocketIo({ extraHeaders: { authorization: both as unknown as string } })).toMatchObject({
      code: 'REQUEST_MALFORMED',
    });
  });
});
