import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Controller, Get, type INestApplication, Module, type ModuleMetadata, UseFilters } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { ClientProxyFactory, MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test, type TestingModule } from '@nestjs/testing';
import { type OnGatewayConnection, SubscribeMessage, WebSocketGateway, type WsResponse } from '@nestjs/websockets';
import { firstValueFrom } from 'rxjs';
import { io } from 'socket.io-client';
import request from 'supertest';
import { WebSocket } from 'ws';

import {
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CurrentUser,
  Groups,
  MandateModule,
  rememberHandshake,
} from '../../lib/index.js';
import { type CognitoOverrides, LocalCognito, overrideCognito } from '../../lib/testing/index.js';
import { freePort } from '../e2e/support/free-port.js';
import { signingKeysPem } from '../local/signing-keys.js';

const ANN = { username: 'ann', groups: ['admins'] };
/** The application: it knows one pool of AWS. */
const APPLICATION: ModuleMetadata = {
  imports: [MandateModule.forRoot({ userPoolId: 'eu-west-1_Production', clientId: 'productionclient' })],
  providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
};

@Controller()
class MeController {
  @Groups('admins')
  @Get('me')
  me(@CurrentUser('username') username: string): string {
    return username;
  }
}

@Resolver()
class MeResolver {
  @Groups('admins')
  @Query(() => String)
  me(@CurrentUser('username') username: string): string {
    return username;
  }
}

@UseFilters(CognitoExceptionFilter)
@Controller()
class MessageController {
  @Groups('admins')
  @MessagePattern('me')
  me(@CurrentUser('username') username: string): string {
    return username;
  }
}

@UseFilters(CognitoExceptionFilter)
@WebSocketGateway()
class MeGateway implements OnGatewayConnection {
  handleConnection(client: object, upgrade?: object): void {
    if (upgrade instanceof IncomingMessage) {
      rememberHandshake(client, upgrade);
    }
  }

  @Groups('admins')
  @SubscribeMessage('me')
  me(@CurrentUser('username') username: string): WsResponse<string> {
    return { event: 'answer', data: username };
  }
}

/** Who calls: the username, or the code of the refusal. */
type Answer = string | undefined;
type Call = (token: string | undefined) => Promise<Answer>;

/** Starts an application of the compiled module, and calls it over one transport. */
interface Door {
  readonly metadata: ModuleMetadata;
  readonly open: (module: TestingModule) => Promise<{ readonly call: Call; readonly close: () => Promise<unknown> }>;
}

const http = (adapter?: () => FastifyAdapter): Door['open'] =>
  async function open(module) {
    const app = adapter === undefined ? module.createNestApplication() : module.createNestApplication(adapter());
    await app.listen(0, '127.0.0.1');
    return {
      async call(token) {
        const sent = request(await app.getUrl()).get('/me');
        const { text, status } = await (token === undefined ? sent : sent.auth(token, { type: 'bearer' }));
        return status === 200 ? text : codeOf(JSON.parse(text));
      },
      close: () => app.close(),
    };
  };

const sockets = (
  adapter: typeof IoAdapter | typeof WsAdapter,
  ask: (address: string, token: string | undefined) => Promise<unknown>,
): Door => ({
  metadata: { providers: [MeGateway] },
  async open(module) {
    const app: INestApplication = module.createNestApplication();
    app.useWebSocketAdapter(new adapter(app));
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
    return {
      async call(token) {
        const answer = await ask(`127.0.0.1:${port}`, token);
        return typeof answer === 'string' ? answer : codeOf(answer);
      },
      close: () => app.close(),
    };
  },
});

const DOORS: Record<string, Door> = {
  Express: { metadata: { controllers: [MeController] }, open: http() },
  Fastify: { metadata: { controllers: [MeController] }, open: http(() => new FastifyAdapter()) },
  GraphQL: {
    metadata: {
      imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true })],
      providers: [MeResolver],
    },
    async open(module) {
      const app = await module.createNestApplication().init();
      return {
        async call(token) {
          const sent = request(app.getHttpServer()).post('/graphql').send({ query: '{ me }' });
          const { body } = await (token === undefined ? sent : sent.auth(token, { type: 'bearer' }));
          const { data, errors } = body as {
            data?: { me: string };
            errors?: { extensions: { originalError: unknown } }[];
          };
          return data?.me ?? codeOf(errors?.[0]?.extensions.originalError);
        },
        close: () => app.close(),
      };
    },
  },
  'socket.io': sockets(IoAdapter, async (address, token) => {
    const socket = io(`http://${address}`, { transports: ['websocket'], forceNew: true, auth: { token } });
    const answer = new Promise((resolve) => {
      socket.onAny((_event, data) => {
        resolve(data);
      });
    });
    socket.emit('me', {});
    return answer.finally(() => socket.close());
  }),
  'plain WebSockets': sockets(WsAdapter, async (address, token) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(`ws://${address}`, { headers });
    await once(socket, 'open');
    socket.send(JSON.stringify({ event: 'me', data: {} }));
    const [text] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    return (JSON.parse(text.toString()) as { data: unknown }).data;
  }),
  'a microservice': {
    metadata: { controllers: [MessageController] },
    async open(module) {
      const options = { host: '127.0.0.1', port: await freePort() };
      const app = module.createNestMicroservice<MicroserviceOptions>({ transport: Transport.TCP, options });
      await app.listen();
      const client = ClientProxyFactory.create({ transport: Transport.TCP, options });
      return {
        async call(token) {
          try {
            return await firstValueFrom(
              client.send<string>('me', token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
            );
          } catch (error) {
            return codeOf(error);
          }
        },
        async close() {
          await client.close();
          await app.close();
        },
      };
    },
  },
};

function codeOf(refusal: unknown): Answer {
  return (refusal as { code?: string } | undefined)?.code;
}

describe.each(Object.entries(DOORS))('overrideCognito over %s', (_name, { metadata, open }) => {
  let cognito: LocalCognito;
  let opened: Awaited<ReturnType<Door['open']>> | undefined;

  beforeAll(async () => {
    const users = [ANN, { username: 'bob' }];
    cognito = await LocalCognito.start({ pools: [{ name: 'main', keys: signingKeysPem(), users }] });
  });

  afterEach(async () => {
    await opened?.close();
  });

  afterAll(() => cognito.stop());

  async function start(overrides: CognitoOverrides): Promise<Call> {
    @Module({
      imports: [...(APPLICATION.imports ?? []), ...(metadata.imports ?? [])],
      controllers: metadata.controllers ?? [],
      providers: [...(APPLICATION.providers ?? []), ...(metadata.providers ?? [])],
    })
    class AppModule {}
    const builder = Test.createTestingModule({ imports: [AppModule] });
    opened = await open(await overrideCognito(builder, overrides).compile());
    return opened.call;
  }

  it('accepts the tokens of an embedded Cognito', async () => {
    const call = await start({ cognito });
    const tokenOf = (username: string) => cognito.pool().signToken({ username });
    expect(await call(await tokenOf('ann'))).toBe('ann');
    expect(await call(await tokenOf('bob'))).toBe('GROUPS_INSUFFICIENT');
    expect(await call(undefined)).toBe('TOKEN_MISSING');
  });

  it('knows the caller, whatever the token', async () => {
    let user: CognitoOverrides['user'] = ANN;
    const call = await start({ user: () => user as typeof ANN | undefined });
    expect(await call(undefined)).toBe('ann');
    expect(await call('any')).toBe('ann');
    user = { username: 'bob' };
    expect(await call(undefined)).toBe('GROUPS_INSUFFICIENT');
    user = undefined;
    expect(await call('any')).toBe('TOKEN_MISSING');
  });
});
