import { once } from 'node:events';

import type { INestApplication, INestMicroservice } from '@nestjs/common';
import { ClientProxyFactory, Transport } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

import { portOf, startPlainWs, startRpc, startSocketIo } from '../src/start-apps.js';

type Application = INestApplication | INestMicroservice;

/** A client of one transport. */
export interface NotesClient {
  /**
   * @returns the result. Rejects with the body of an error. A plain WebSocket matches no results with requests, so there
   *   it is the next response.
   */
  call(message: string, payload?: object): Promise<unknown>;
  close(): void;
}

/** A transport: how to start its application, and how to connect a client. */
export interface TransportCase {
  readonly start: (port: number) => Promise<Application>;
  readonly connect: (app: INestApplication | INestMicroservice, token?: string) => Promise<NotesClient>;
  /** Whether an error names the message that it answers. RPC itself matches errors with requests. */
  readonly namesMessage: boolean;
}

export const TRANSPORTS: Readonly<Record<string, TransportCase>> = {
  'socket.io': { start: startSocketIo, connect: connectSocketIo, namesMessage: true },
  'plain WebSockets': {
    start: startPlainWs,
    connect: (app, token) => connectWs(app, bearer(token)),
    namesMessage: true,
  },
  'plain WebSockets, as browsers use them': { start: startPlainWs, connect: connectAsBrowser, namesMessage: true },
  'RPC over TCP': { start: startRpc, connect: connectRpc, namesMessage: false },
};

function bearer(token: string | undefined): { authorization?: string } {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function connectSocketIo(app: Application, token?: string): Promise<NotesClient> {
  const socket = io(`http://127.0.0.1:${String(portOf(app))}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(token !== undefined && { auth: { token } }),
  });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return {
    call: (message, payload = {}) =>
      new Promise((resolve, reject) => {
        socket.removeAllListeners('exception').once('exception', reject).emit(message, payload, resolve);
      }),
    close: () => socket.disconnect(),
  };
}

interface WsAnswer {
  readonly event: string;
  readonly data: unknown;
}

async function connectWs(
  app: Application,
  headers: { authorization?: string },
  common: object = {},
): Promise<NotesClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(portOf(app))}`, { headers });
  await once(socket, 'open');
  const waiting: ((answer: WsAnswer) => void)[] = [];
  socket.on('message', (text: Buffer) => waiting.shift()?.(JSON.parse(text.toString()) as WsAnswer));
  return {
    call: (message, payload = {}) =>
      new Promise((resolve, reject) => {
        waiting.push(({ event, data }) => {
          (event === 'exception' ? reject : resolve)(data);
        });
        socket.send(JSON.stringify({ event: message, data: { ...common, ...payload } }));
      }),
    close: () => {
      socket.close();
    },
  };
}

async function connectAsBrowser(app: Application, token?: string): Promise<NotesClient> {
  return connectWs(app, {}, token === undefined ? {} : { token });
}

async function connectRpc(app: Application, token?: string): Promise<NotesClient> {
  const client = ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port: portOf(app) },
  });
  await client.connect();
  return {
    call: (message, payload = {}) => lastValueFrom(client.send(message, { headers: bearer(token), ...payload })),
    close: () => void client.close(),
  };
}
