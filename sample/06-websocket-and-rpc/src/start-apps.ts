import type { Server } from 'node:net';

import type { INestApplication, INestMicroservice, LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { WsAdapter } from '@nestjs/platform-ws';

import { PlainWsModule } from './plain-ws/plain-ws.module.js';
import { RpcModule } from './rpc/rpc.module.js';
import { SocketIoModule } from './socket-io/socket-io.module.js';

const host = '127.0.0.1';
const logger: LogLevel[] = ['error', 'warn'];

/** socket.io, with the default adapter of Nest. */
export async function startSocketIo(port: number): Promise<INestApplication> {
  const app = await NestFactory.create(SocketIoModule, { logger, forceCloseConnections: true });
  await app.listen(port, host);
  return app;
}

/** Plain WebSockets. An application has one WebSocket adapter, so this is another application. */
export async function startPlainWs(port: number): Promise<INestApplication> {
  const app = await NestFactory.create(PlainWsModule, { logger, forceCloseConnections: true });
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.listen(port, host);
  return app;
}

/** A microservice over TCP. */
export async function startRpc(port: number): Promise<INestMicroservice> {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(RpcModule, {
    transport: Transport.TCP,
    options: { host, port },
    logger,
  });
  await app.listen();
  return app;
}

/** The port on which an application listens. */
export function portOf(app: INestApplication | INestMicroservice): number {
  const server = 'getHttpServer' in app ? (app.getHttpServer() as Server) : app.unwrap<Server>();
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The application does not listen on a port.');
  }
  return address.port;
}
