import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { Controller, Get, type INestApplication, type Provider, UseFilters } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import {
  ClientProxyFactory,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Transport,
} from '@nestjs/microservices';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import { type OnGatewayConnection, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { lastValueFrom } from 'rxjs';
import { io } from 'socket.io-client';
import request from 'supertest';
import { WebSocket } from 'ws';

import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { CognitoExceptionFilter } from '../../lib/auth/cognito-exception.filter.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { rememberHandshake } from '../../lib/auth/request-context.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { freePort } from './support/free-port.js';

// No class of this file asks for the guard: it is there for the whole application, or it is not there.
const guard: Provider = { provide: APP_GUARD, useClass: CognitoAuthGuard };
const filter: Provider = { provide: APP_FILTER, useClass: CognitoExceptionFilter };
const token = accessToken({ sub: 'ann' });

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) {
    await close();
  }
});

const answer = (user = 'nobody') => ({ event: 'answer', data: { user } });

@WebSocketGateway()
class BareGateway implements OnGatewayConnection {
  handleConnection(client: object, upgrade?: object): void {
    if (upgrade !== undefined) {
      rememberHandshake(client, upgrade);
    }
  }

  @SubscribeMessage('me')
  me(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }

  @Public()
  @SubscribeMessage('open')
  open(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }
}

@UseFilters(CognitoExceptionFilter)
@WebSocketGateway()
class FilteredGateway extends BareGateway {}

/** What a client hears that sends one message. */
type Send = (address: string, message: string, bearer?: string) => Promise<unknown>;

const sendWs: Send = async (address, event, bearer) => {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const socket = new WebSocket(`ws://${address}`, { headers });
  open.push(() => {
    socket.close();
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ event, data: {} }));
  const [text] = (await once(socket, 'message')) as [Buffer];
  return (JSON.parse(text.toString()) as { data: unknown }).data;
};

const sendSocketIo: Send = (address, event, bearer) => {
  const auth = bearer === undefined ? {} : { token: bearer };
  const socket = io(`http://${address}`, { transports: ['websocket'], forceNew: true, auth });
  open.push(() => socket.close());
  socket.emit(event, {});
  return new Promise((resolve) => {
    socket.onAny((_event, data) => {
      resolve(data);
    });
  });
};

async function startGateway(
  adapter: typeof IoAdapter | typeof WsAdapter,
  gateway: typeof BareGateway,
  enhancers: Provider[],
): Promise<string> {
  const module = await Test.createTestingModule({
    imports: [MandateModule.forRoot(poolOptions)],
    providers: [gateway, ...enhancers],
  }).compile();
  const app: INestApplication = module.createNestApplication({ logger: false });
  app.useWebSocketAdapter(new adapter(app));
  open.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  return `127.0.0.1:${(app.getHttpServer() as { address(): AddressInfo }).address().port}`;
}

describe.each([
  ['socket.io', IoAdapter, sendSocketIo],
  ['plain WebSockets', WsAdapter, sendWs],
] as const)('a gateway of %s', (_, adapter, send) => {
  it('is guarded by APP_GUARD', async () => {
    const address = await startGateway(adapter, FilteredGateway, [guard]);
    expect(await send(address, 'me')).toMatchObject({ status: 'error', code: 'TOKEN_MISSING' });
    expect(await send(address, 'me', accessToken({ exp: 1 }))).toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(await send(address, 'me', token)).toEqual({ user: 'ann' });
    expect(await send(address, 'open')).toEqual({ user: 'nobody' });
  });

  it('is not reached by APP_FILTER: it takes @UseFilters to say why a message is refused', async () => {
    const address = await startGateway(adapter, BareGateway, [guard, filter]);
    const refusal = await send(address, 'me');
    expect(refusal).toMatchObject({ status: 'error' });
    expect(refusal).not.toHaveProperty('code');
  });

  it('lets everybody in if nothing guards it', async () => {
    const address = await startGateway(adapter, BareGateway, []);
    expect(await send(address, 'me')).toEqual({ user: 'nobody' });
  });
});

@Controller()
class BareController {
  @MessagePattern('me')
  @Get('me')
  me(@CurrentUser('sub') sub?: string) {
    return answer(sub).data;
  }

  @Public()
  @MessagePattern('open')
  open(@CurrentUser('sub') sub?: string) {
    return answer(sub).data;
  }

  @EventPattern('event')
  event(@CurrentUser('sub') sub: string): void {
    events.push(sub);
  }
}

const events: string[] = [];

function compile(enhancers: Provider[]) {
  return Test.createTestingModule({
    imports: [MandateModule.forRoot(poolOptions)],
    controllers: [BareController],
    providers: enhancers,
  }).compile();
}

async function tcp(): Promise<MicroserviceOptions & { logger: false }> {
  return { transport: Transport.TCP, options: { host: '127.0.0.1', port: await freePort() }, logger: false };
}

/** Calls over TCP; a refusal is what the call rejects with. */
function clientOf(options: MicroserviceOptions): (pattern: string, bearer?: string) => Promise<unknown> {
  const client = ClientProxyFactory.create(options as { transport: Transport.TCP });
  open.push(() => {
    client.close();
  });
  return (pattern, bearer) =>
    lastValueFrom(client.send<unknown>(pattern, bearer === undefined ? {} : { headers: { authorization: bearer } }));
}

const bearer = `Bearer ${token}`;
const missing = { status: 'error', code: 'TOKEN_MISSING' };

describe('a microservice', () => {
  it('is guarded by APP_GUARD, and APP_FILTER says why it refuses', async () => {
    const options = await tcp();
    const app = (await compile([guard, filter])).createNestMicroservice<MicroserviceOptions>(options);
    await app.listen();
    const call = clientOf(options);
    open.push(() => app.close());

    await expect(call('me')).rejects.toMatchObject(missing);
    expect(await call('me', bearer)).toEqual({ user: 'ann' });
    expect(await call('open')).toEqual({ user: 'nobody' });
  });

  it('drops an event that is refused, and goes on', async () => {
    const options = await tcp();
    const app = (await compile([guard, filter])).createNestMicroservice<MicroserviceOptions>(options);
    await app.listen();
    const client = ClientProxyFactory.create(options as { transport: Transport.TCP });
    open.push(
      () => app.close(),
      () => client.close(),
    );
    await lastValueFrom(client.emit('event', {}), { defaultValue: undefined });
    await lastValueFrom(client.emit('event', { headers: { authorization: bearer } }), { defaultValue: undefined });
    // Events and messages of one connection are handled in order.
    expect(await lastValueFrom(client.send('open', {}))).toEqual({ user: 'nobody' });
    expect(events).toEqual(['ann']);
  });
});

describe('a hybrid application', () => {
  const start = async (hybrid?: { inheritAppConfig: boolean }) => {
    const options = await tcp();
    const app: INestApplication = (await compile([guard, filter])).createNestApplication({ logger: false });
    app.connectMicroservice<MicroserviceOptions>(options, hybrid);
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    open.push(() => app.close());
    return { call: clientOf(options), http: app.getHttpServer() };
  };

  it('is guarded by APP_GUARD on both sides with inheritAppConfig', async () => {
    const { call, http } = await start({ inheritAppConfig: true });
    await request(http).get('/me').expect(401);
    await expect(call('me')).rejects.toMatchObject(missing);
    expect(await call('me', bearer)).toEqual({ user: 'ann' });
    expect(await call('open')).toEqual({ user: 'nobody' });
  });

  it.each([undefined, { inheritAppConfig: false }])(
    'is not guarded where messages come in without it (%p): @UseGuards is needed there',
    async (hybrid) => {
      const { call, http } = await start(hybrid);
      await request(http).get('/me').expect(401);
      expect(await call('me')).toEqual({ user: 'nobody' });
    },
  );
});
