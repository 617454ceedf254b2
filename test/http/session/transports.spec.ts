import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Controller, Get, type INestApplication, UseFilters, UseGuards } from '@nestjs/common';
import { Field, GraphQLModule, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { AuthGuard } from '@nestjs/passport';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import Keyv from 'keyv';
import { WebSocket } from 'ws';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { CognitoExceptionFilter } from '../../../lib/auth/cognito-exception.filter.js';
import { CurrentUser } from '../../../lib/auth/decorators/current-user.decorator.js';
import { rememberHandshake } from '../../../lib/auth/request-context.js';
import { type BrowserSession, MandateSessionModule, Session } from '../../../lib/http/index.js';
import { type Browser, OWN_ORIGIN, OWN_PAGE } from '../support/browser.js';
import {
  createWorld,
  HOUR,
  PagesController,
  SECRET,
  signedIn,
  startSessionApp,
  type World,
} from '../support/session-app.js';

@ObjectType()
class Caller {
  @Field(() => String, { nullable: true })
  sub?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;
}

@Resolver()
@UseGuards(CognitoAuthGuard)
class CallerResolver {
  @Query(() => Caller)
  me(@Session() session: BrowserSession): Caller {
    return { sub: session.sub, email: session.claims['email'] as string };
  }

  @Query(() => Caller)
  again(@Session() session: BrowserSession): Caller {
    return { sub: session.sub };
  }

  @Mutation(() => Caller)
  change(@Session() session: BrowserSession): Caller {
    return { sub: session.sub };
  }
}

@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
class CallerGateway {
  handleConnection(client: object, request: object) {
    rememberHandshake(client, request);
  }

  @SubscribeMessage('me')
  me(@Session() session: BrowserSession) {
    return { event: 'answer', data: { sub: session.sub, email: session.claims['email'] } };
  }
}

@Controller()
class PassportController {
  @Get('passport')
  @UseGuards(AuthGuard('cognito'))
  me(@CurrentUser('sub') sub: string) {
    return { sub };
  }
}

describe('browser sessions over other transports', () => {
  let world: World;
  let app: INestApplication;

  const start = async (session: object = {}) => {
    app = await startSessionApp('express', world, {
      metadata: {
        imports: [
          MandateSessionModule.forRoot({ session: { secret: SECRET, keep: ['email'], ...session } }),
          GraphQLModule.forRoot<ApolloDriverConfig>({
            driver: ApolloDriver,
            autoSchemaFile: true,
            playground: false,
            // What is tested is the defence of the session.
            csrfPrevention: false,
          }),
        ],
        controllers: [PagesController, PassportController],
        providers: [CallerResolver, CallerGateway],
      },
      prepare: (created) => created.useWebSocketAdapter(new WsAdapter(created)),
    });
    return signedIn(app);
  };
  const query = async (browser: Browser, text: string, headers: Record<string, string> = OWN_PAGE) =>
    browser.post('/graphql', { headers, body: { query: text } });
  /** Asks over one connection; advances the clock between the two questions. */
  const ask = async (cookie: string, headers: Record<string, string>, between?: () => void) => {
    const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}`, { headers: { cookie, ...headers } });
    await once(socket, 'open');
    const answers: unknown[] = [];
    for (const advance of between === undefined ? [undefined] : [undefined, between]) {
      advance?.();
      socket.send(JSON.stringify({ event: 'me', data: {} }));
      const [message] = (await once(socket, 'message')) as [Buffer];
      const { data } = JSON.parse(message.toString()) as { data: { code?: string } };
      answers.push(data.code ?? data);
    }
    socket.close();
    return answers;
  };

  beforeEach(async () => {
    world = await createWorld();
  });

  afterEach(() => app.close());

  it.each([
    ['sealed', () => ({})],
    ['stored', () => ({ store: new Keyv() })],
  ])('authenticates GraphQL over HTTP, %s', async (_, options) => {
    const browser = await start(options());
    const { body } = await query(browser, '{ me { sub email } again { sub } }');
    expect(body.data.me).toEqual({ sub: body.data.again.sub, email: 'ann@example.com' });
  });

  it('renews once for all fields of an operation, and sets the cookie', async () => {
    const browser = await start();
    world.clock.advance(HOUR);
    const { body, cookies } = await query(browser, '{ me { sub } again { sub } more: me { sub } }');
    expect(body.data.me.sub).toEqual(expect.any(String));
    expect(new Set(cookies.map(({ name }) => name)).size).toBe(cookies.length);
    expect(cookies).toHaveLength(2);
    expect(world.cognito.renewals).toBe(1);
    expect((await query(browser, '{ me { sub } }')).body.data.me.sub).toEqual(expect.any(String));
  });

  it('refuses GraphQL of another site', async () => {
    const browser = await start();
    const { body } = await query(browser, 'mutation { change { sub } }', { 'sec-fetch-site': 'cross-site' });
    expect(body.errors[0].extensions.originalError.code).toBe('CSRF_CHECK_FAILED');
  });

  it('authenticates a WebSocket by its handshake', async () => {
    const { cookie } = await start();
    expect(await ask(cookie, { origin: OWN_ORIGIN })).toEqual([{ sub: expect.any(String), email: 'ann@example.com' }]);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a sibling', { origin: 'https://shop.example.com', 'sec-fetch-site': 'same-site' }],
    ['nowhere', {}],
    ['a sandbox', { origin: 'null' }],
  ])('refuses a WebSocket from %s', async (_, headers) => {
    const { cookie } = await start();
    expect(await ask(cookie, headers as unknown as Record<string, string>)).toEqual(['CSRF_CHECK_FAILED']);
  });

  it('accepts a WebSocket of a listed origin', async () => {
    const { cookie } = await start({ csrf: { origins: ['https://admin.example.com'] } });
    expect(await ask(cookie, { origin: 'https://admin.example.com' })).toEqual([expect.objectContaining({})]);
  });

  it('rotates nothing over a WebSocket with a sealed cookie', async () => {
    const { cookie } = await start();
    const answers = await ask(cookie, { origin: OWN_ORIGIN }, () => {
      world.clock.advance(HOUR);
    });
    expect(answers[1]).toBe('TOKEN_EXPIRED');
    expect(world.cognito.renewals).toBe(0);
  });

  it('renews over a WebSocket with a store', async () => {
    const { cookie } = await start({ store: new Keyv() });
    const answers = await ask(cookie, { origin: OWN_ORIGIN }, () => {
      world.clock.advance(HOUR - 30_000);
    });
    expect(answers[1]).toEqual(answers[0]);
    expect(world.cognito.renewals).toBe(1);
  });

  it('authenticates passport’s strategy', async () => {
    const browser = await start();
    expect((await browser.get('/passport')).body.sub).toEqual(expect.any(String));
    browser.jar.clear();
    expect((await browser.get('/passport')).status).toBe(401);
  });
});
