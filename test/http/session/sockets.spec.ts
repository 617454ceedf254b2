import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type INestApplication, UseFilters, UseGuards } from '@nestjs/common';
import { Field, GraphQLModule, Mutation, ObjectType, Query, Resolver, Subscription } from '@nestjs/graphql';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { FormattedExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import Keyv from 'keyv';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { CognitoExceptionFilter } from '../../../lib/auth/cognito-exception.filter.js';
import { rememberHandshake } from '../../../lib/auth/request-context.js';
import { type BrowserSession, BrowserSessionService, MandateSessionModule, Session } from '../../../lib/http/index.js';
import { type Browser, OWN_ORIGIN, OWN_PAGE } from '../support/browser.js';
import {
  createWorld,
  HOUR,
  PagesController,
  type Platform,
  SECRET,
  signedIn,
  startSessionApp,
  type World,
} from '../support/session-app.js';

type Headers = Readonly<Record<string, string>>;

/** A connection. Each question is answered by the e-mail address of the session, or by the code of a refusal. */
interface Line {
  ask(): Promise<string>;
  close(): void | Promise<void>;
}

const emailOf = ({ claims }: BrowserSession) => ({ email: String(claims['email']) });

@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
class CallerGateway {
  handleConnection(client: object, request: object) {
    rememberHandshake(client, request);
  }

  @SubscribeMessage('me')
  me(@Session() session: BrowserSession) {
    return { event: 'answer', data: emailOf(session) };
  }
}

@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
class SocketIoGateway {
  @SubscribeMessage('me')
  me(@Session() session: BrowserSession) {
    return { event: 'answer', data: emailOf(session) };
  }
}

@ObjectType()
class Caller {
  @Field()
  email!: string;
}

@Resolver()
@UseGuards(CognitoAuthGuard)
class CallerResolver {
  @Query(() => Caller)
  me(@Session() session: BrowserSession): Caller {
    return emailOf(session);
  }

  @Mutation(() => Caller)
  change(@Session() session: BrowserSession): Caller {
    return emailOf(session);
  }

  @Subscription(() => Caller)
  async *watch(@Session() session: BrowserSession): AsyncGenerator<{ watch: Caller }> {
    await Promise.resolve();
    yield { watch: emailOf(session) };
  }
}

const graphqlModule = (options: Pick<ApolloDriverConfig, 'context'> = {}) =>
  GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    autoSchemaFile: true,
    graphiql: false,
    // What is tested is the defence of the session.
    csrfPrevention: false,
    subscriptions: { 'graphql-ws': true },
    ...options,
  });

async function openWs(address: string, headers: Headers): Promise<Line> {
  const socket = new WebSocket(`ws://${address}`, { headers });
  await once(socket, 'open');
  return {
    ask: async () => {
      socket.send(JSON.stringify({ event: 'me', data: {} }));
      const [message] = (await once(socket, 'message')) as [Buffer];
      const { data } = JSON.parse(message.toString()) as { data: { code?: string; email?: string } };
      return data.code ?? data.email ?? 'nothing';
    },
    close: () => {
      socket.close();
    },
  };
}

const openSocketIo =
  (transport: 'websocket' | 'polling') =>
  (address: string, extraHeaders: Headers): Promise<Line> => {
    const socket = io(`http://${address}`, { transports: [transport], forceNew: true, extraHeaders });
    return Promise.resolve({
      ask: async () =>
        new Promise<{ code?: string; email?: string }>((resolve) => {
          socket.once('answer', resolve);
          socket.once('exception', resolve);
          socket.emit('me', {});
        }).then(({ code, email }) => code ?? email ?? 'nothing'),
      close: () => {
        socket.close();
      },
    });
  };

function openGraphqlWs(address: string, headers: Headers): Promise<Line> {
  class HeaderSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers });
    }
  }
  const client = createClient({
    url: `ws://${address}/graphql`,
    webSocketImpl: HeaderSocket,
    retryAttempts: 0,
    // The same connection for all operations.
    lazy: false,
    onNonLazyError: () => undefined,
  });
  return Promise.resolve({
    ask: async () => {
      const results = client.iterate<{ watch: Caller }>({ query: 'subscription { watch { email } }' });
      return answerOf(results as AsyncIterable<FormattedExecutionResult<{ watch: Caller }>>);
    },
    close: () => client.dispose(),
  });
}

interface Refusal {
  readonly extensions?: { readonly originalError?: { readonly code: string } };
}

async function answerOf(results: AsyncIterable<FormattedExecutionResult<{ watch: Caller }>>): Promise<string> {
  try {
    for await (const { data, errors } of results) {
      return data?.watch.email ?? codeOf(errors as readonly Refusal[]);
    }
    return 'nothing';
  } catch (errors) {
    return codeOf(errors as readonly Refusal[]);
  }
}

function codeOf([error]: readonly Refusal[]): string {
  return error?.extensions?.originalError?.code ?? 'no code';
}

const SOCKETS = [
  ['plain WebSockets', 'fastify', openWs, WsAdapter],
  ['socket.io', 'express', openSocketIo('websocket'), IoAdapter],
  ['socket.io', 'fastify', openSocketIo('websocket'), IoAdapter],
  ['socket.io by polling', 'express', openSocketIo('polling'), IoAdapter],
  ['graphql-ws', 'express', openGraphqlWs, undefined],
  ['graphql-ws', 'fastify', openGraphqlWs, undefined],
] as const;

let world: World;
let app: INestApplication;

async function start(
  platform: Platform,
  session: object,
  adapter?: typeof WsAdapter | typeof IoAdapter,
  context?: ApolloDriverConfig['context'],
) {
  const gateway = adapter === WsAdapter ? CallerGateway : SocketIoGateway;
  app = await startSessionApp(platform, world, {
    metadata: {
      imports: [
        MandateSessionModule.forRoot({ session: { secret: SECRET, keep: ['email'], ...session } }),
        ...(adapter === undefined ? [graphqlModule(context === undefined ? {} : { context })] : []),
      ],
      controllers: [PagesController],
      providers: [adapter === undefined ? CallerResolver : gateway],
    },
    prepare: (created) => {
      if (adapter !== undefined) {
        created.useWebSocketAdapter(new adapter(created));
      }
    },
  });
  return signedIn(app);
}

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => app.close());

describe.each(SOCKETS)('a session over %s on %s', (_, platform, open, adapter) => {
  const lines: Line[] = [];

  const connect = async (browser: Browser, headers: Headers = { origin: OWN_ORIGIN }) => {
    const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
    const line = await open(`127.0.0.1:${String(port)}`, { cookie: browser.cookie, ...headers });
    lines.push(line);
    return line;
  };

  afterEach(async () => {
    for (const line of lines.splice(0)) {
      await line.close();
    }
  });

  it.each([
    ['a sealed', () => ({})],
    ['a stored', () => ({ store: new Keyv() })],
  ])('is that of the handshake, with %s session', async (__, options) => {
    const browser = await start(platform, options(), adapter);
    expect(await (await connect(browser)).ask()).toBe('ann@example.com');
  });

  it.each<[string, Headers]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another site, by what the browser says', { 'sec-fetch-site': 'cross-site', origin: OWN_ORIGIN }],
    ['a sibling', { origin: 'https://shop.example.com', 'sec-fetch-site': 'same-site' }],
    ['nowhere', {}],
    ['a sandbox', { origin: 'null' }],
  ])('is of no use for a connection from %s', async (__, headers) => {
    const browser = await start(platform, {}, adapter);
    const line = await connect(browser, headers);
    expect(await line.ask()).toBe('CSRF_CHECK_FAILED');
    // No more for a header that only a request can prove with.
    const other = await connect(browser, { ...headers, 'x-mandate-csrf': '1' });
    expect(await other.ask()).toBe('CSRF_CHECK_FAILED');
  });

  it('rotates nothing with a sealed session, and is over with its token', async () => {
    const browser = await start(platform, {}, adapter);
    const line = await connect(browser);
    world.clock.advance(HOUR - 30_000);
    expect(await line.ask()).toBe('ann@example.com');
    world.clock.advance(30_000);
    expect(await line.ask()).toBe('TOKEN_EXPIRED');
    expect(world.cognito.renewals).toBe(0);
    // The browser's cookie is still good for a renewal.
    expect((await browser.get('/me')).status).toBe(200);
    expect(world.cognito.renewals).toBe(1);
  });

  it('is renewed with a store, once for all connections', async () => {
    const browser = await start(platform, { store: new Keyv() }, adapter);
    const open = [await connect(browser), await connect(browser)];
    world.clock.advance(HOUR - 30_000);
    expect(await Promise.all(open.map(async (line) => line.ask()))).toEqual(Array(2).fill('ann@example.com'));
    expect((await browser.get('/me')).status).toBe(200);
    expect(world.cognito.renewals).toBe(1);
  });

  it('is over for a connection that is still open when the session ends', async () => {
    const browser = await start(platform, { store: new Keyv() }, adapter);
    const line = await connect(browser);
    expect(await line.ask()).toBe('ann@example.com');
    const session = await app.get(BrowserSessionService).read({ headers: { cookie: browser.cookie } });
    await app.get(BrowserSessionService).endAll(session?.sub ?? '');
    expect(await line.ask()).toBe('TOKEN_MISSING');
  });
});

describe('GraphQL over HTTP on Fastify', () => {
  /** What an application sets, because `@nestjs/graphql` puts only the request there. */
  const withReply = (request: object, reply: object) => ({ req: request, res: reply });
  const open = async (session: object = {}, context: ApolloDriverConfig['context'] = withReply) =>
    start('fastify', session, undefined, context);
  const send = async (browser: Browser, query: string, headers: Headers = OWN_PAGE) =>
    browser.post('/graphql', { headers, body: { query } });

  it('renews once for all fields of an operation, and sets the cookie once', async () => {
    const browser = await open();
    world.clock.advance(HOUR);
    const { body, cookies } = await send(browser, '{ me { email } again: me { email } }');
    expect(body.data).toEqual({ me: { email: 'ann@example.com' }, again: { email: 'ann@example.com' } });
    expect(new Set(cookies.map(({ name }) => name)).size).toBe(cookies.length);
    expect(cookies).not.toEqual([]);
    expect(world.cognito.renewals).toBe(1);
    expect((await send(browser, '{ me { email } }')).body.data.me.email).toBe('ann@example.com');
    expect(world.cognito.renewals).toBe(1);
  });

  it('rotates nothing with a sealed session where the reply is not in the context', async () => {
    const browser = await start('fastify', {});
    expect((await send(browser, '{ me { email } }')).body.data.me.email).toBe('ann@example.com');
    world.clock.advance(HOUR);
    const { body, cookies } = await send(browser, '{ me { email } }');
    expect({ code: codeOf(body.errors), cookies }).toEqual({ code: 'TOKEN_EXPIRED', cookies: [] });
    expect(world.cognito.renewals).toBe(0);
    expect((await browser.get('/me')).status).toBe(200);
  });

  it('renews with a store, wherever the reply is', async () => {
    const browser = await start('fastify', { store: new Keyv() });
    world.clock.advance(HOUR);
    expect((await send(browser, '{ me { email } }')).body.data.me.email).toBe('ann@example.com');
    expect(world.cognito.renewals).toBe(1);
  });

  it.each<[string, Headers]>([
    ['of another site', { ...OWN_PAGE, 'sec-fetch-site': 'cross-site' }],
    ['without the header', { origin: OWN_ORIGIN }],
  ])('refuses an operation %s', async (_, headers) => {
    const { body } = await send(await open(), 'mutation { change { email } }', headers);
    expect(codeOf(body.errors)).toBe('CSRF_CHECK_FAILED');
  });

  it('clears the cookie of a session that has ended', async () => {
    const browser = await open({ store: new Keyv() });
    const copy = browser.at(app);
    await browser.post('/sign-out', { headers: OWN_PAGE });
    const { body } = await send(copy, '{ me { email } }');
    expect(codeOf(body.errors)).toBe('TOKEN_MISSING');
    expect(copy.jar.size).toBe(0);
  });
});
