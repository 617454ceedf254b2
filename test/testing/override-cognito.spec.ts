import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import {
  Controller,
  Get,
  Header,
  type INestApplication,
  Injectable,
  Module,
  type ModuleMetadata,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Args, GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { ClientProxyFactory, MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { SubscribeMessage, WebSocketGateway, type WsResponse } from '@nestjs/websockets';
import { firstValueFrom } from 'rxjs';
import type { Socket } from 'socket.io';
import { io } from 'socket.io-client';
import request from 'supertest';

import {
  AccessToken,
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoOAuthService,
  CognitoService,
  CurrentUser,
  getCognitoToken,
  Groups,
  InjectCognito,
  MandateModule,
  type MandateModuleOptions,
  Pool,
  Public,
  Scopes,
  TokenUse,
} from '../../lib/index.js';
import { type KnownCaller, LocalCognito, overrideCognito, TestTokenIssuer } from '../../lib/testing/index.js';
import { freePort } from '../e2e/support/free-port.js';
import { signingKeysPem } from '../local/signing-keys.js';

const ann: KnownCaller = { username: 'ann', groups: ['admins'], scopes: ['orders/read'] };
/** An application that knows one user pool of AWS, and nothing of tests. */
const HARD_CODED: MandateModuleOptions = {
  userPoolId: 'eu-west-1_Production',
  clientId: 'productionclient',
  clientSecret: 'production-client-secret-1',
  acceptedClientIds: ['productionclient', 'otherclient'],
  jwksPreload: true,
};

@Injectable()
class StrictGuard extends CognitoAuthGuard {}

class Routes {
  @Get('me')
  me(@CurrentUser('username') username: string, @AccessToken() token: string): object {
    return { username, hasToken: token.split('.').length === 3 };
  }

  @Public()
  @Get('public')
  @Header('X-Public', 'yes')
  open(@CurrentUser('username') username?: string): object {
    return { username };
  }

  @Groups('admins')
  @Get('admins')
  admins(): object {
    return {};
  }

  @Scopes('orders/write')
  @Get('write')
  write(): object {
    return {};
  }

  @TokenUse('id')
  @Get('profile')
  profile(@CurrentUser('cognito:username') username: string): object {
    return { username };
  }
}

@Controller()
class OpenController extends Routes {}

@UseGuards(CognitoAuthGuard)
@Controller()
class GuardedController extends Routes {}

@UseGuards(StrictGuard)
@Controller()
class StrictController extends Routes {}

@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
@Controller()
class MessageController {
  @Groups('admins')
  @MessagePattern('who')
  who(@CurrentUser('username') username: string): object {
    return { username };
  }
}

@Resolver()
class MeResolver {
  @Groups('admins')
  @Query(() => String)
  me(@CurrentUser('username') username: string, @Args('greeting') greeting: string): string {
    return `${greeting} ${username}`;
  }
}

@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
class AlertsGateway {
  constructor(private readonly cognito: CognitoService) {}

  async handleConnection(client: Socket): Promise<void> {
    try {
      const { sub } = await this.cognito.verifyToken(String(client.handshake.auth['token']));
      client.emit('ready', sub !== '');
    } catch {
      client.disconnect();
    }
  }

  @Groups('admins')
  @SubscribeMessage('ping')
  ping(@CurrentUser('username') username: string): WsResponse<string> {
    return { event: 'pong', data: username };
  }
}

@Injectable()
class Accounts {
  constructor(
    readonly cognito: CognitoService,
    readonly admin: CognitoAdminService,
    readonly oauth: CognitoOAuthService,
  ) {}
}

describe('overrideCognito', () => {
  let app: INestApplication | undefined;
  let caller: KnownCaller | undefined;

  beforeEach(() => {
    caller = ann;
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  async function start(metadata: ModuleMetadata, options = HARD_CODED): Promise<INestApplication> {
    @Module({ ...metadata, imports: [MandateModule.forRoot(options), ...(metadata.imports ?? [])] })
    class AppModule {}
    const builder = Test.createTestingModule({ imports: [AppModule] });
    const module = await overrideCognito(builder, { user: () => caller }).compile();
    app = module.createNestApplication({ logger: false });
    await app.init();
    return app;
  }

  const get = (path: string) => request(app?.getHttpServer()).get(path);

  describe('with a user', () => {
    const appGuard = { provide: APP_GUARD, useClass: CognitoAuthGuard };

    it.each<[string, ModuleMetadata]>([
      ['APP_GUARD', { controllers: [OpenController], providers: [appGuard] }],
      [
        'APP_GUARD with useExisting',
        {
          controllers: [OpenController],
          providers: [CognitoAuthGuard, { provide: APP_GUARD, useExisting: CognitoAuthGuard }],
        },
      ],
      [
        'a subclass as APP_GUARD',
        { controllers: [OpenController], providers: [{ ...appGuard, useClass: StrictGuard }] },
      ],
      ['@UseGuards', { controllers: [GuardedController] }],
      ['@UseGuards with a subclass', { controllers: [StrictController] }],
      ['both', { controllers: [GuardedController], providers: [appGuard] }],
    ])('knows the caller of routes guarded by %s', async (_guard, metadata) => {
      await start(metadata);
      await get('/me').expect(200, { username: 'ann', hasToken: true });
      await get('/me').auth('whatever', { type: 'bearer' }).expect(200, { username: 'ann', hasToken: true });
      await get('/profile').expect(200, { username: 'ann' });
      await get('/public').expect(200, { username: 'ann' });
      await get('/admins').expect(200);
      const { body } = await get('/write').expect(403);
      expect(body).toMatchObject({ code: 'SCOPE_INSUFFICIENT' });

      caller = { username: 'bob' };
      await get('/me').expect(200, { username: 'bob', hasToken: true });
      expect((await get('/admins').expect(403)).body).toMatchObject({ code: 'GROUPS_INSUFFICIENT' });

      caller = undefined;
      expect((await get('/me').expect(401)).body).toMatchObject({ code: 'TOKEN_MISSING' });
      await get('/public').expect(200, {});
    });

    it('takes a caller that stays', async () => {
      const builder = Test.createTestingModule({
        imports: [MandateModule.forRoot(HARD_CODED)],
        controllers: [OpenController],
        providers: [appGuard],
      });
      app = (await overrideCognito(builder, { user: ann }).compile()).createNestApplication({ logger: false });
      await app.init();
      await get('/me').expect(200, { username: 'ann', hasToken: true });
    });

    it('needs no MandateModule', async () => {
      const builder = Test.createTestingModule({ controllers: [GuardedController] });
      app = (await overrideCognito(builder, { user: () => caller }).compile()).createNestApplication({ logger: false });
      await app.init();
      await get('/me').expect(200, { username: 'ann', hasToken: true });
      caller = undefined;
      await get('/me').expect(401);
    });

    it('gives the application its own user', async () => {
      @Controller()
      class UserController {
        @Get('user')
        user(@CurrentUser() user: object): object {
          return user;
        }
      }
      const loadUser = ({ sub }: { readonly sub: string }) => ({ id: 7, known: sub !== '' });
      await start({ controllers: [UserController], providers: [appGuard] }, { ...HARD_CODED, loadUser });
      await get('/user').expect(200, { id: 7, known: true });
      caller = { ...ann, user: { id: 9 } };
      await get('/user').expect(200, { id: 9 });
    });

    it('selects pools by name', async () => {
      @Controller()
      class PoolController {
        @Pool('staff')
        @Get('staff')
        staff(): object {
          return {};
        }

        @Pool('staff', 'default')
        @Get('both')
        both(): object {
          return {};
        }
      }
      const staff = MandateModule.forRoot({ ...HARD_CODED, userPoolId: 'eu-west-1_Staff', name: 'staff' });
      await start({ imports: [staff], controllers: [PoolController], providers: [appGuard] });
      await get('/staff').expect(200);
      caller = { ...ann, pool: 'default' };
      expect((await get('/staff').expect(401)).body).toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
      await get('/both').expect(200);
    });

    it('knows the caller of GraphQL fields', async () => {
      await start({
        imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true })],
        providers: [MeResolver, appGuard],
      });
      const query = { query: '{ me(greeting: "hello") }' };
      const send = () => request(app?.getHttpServer()).post('/graphql').send(query);
      expect((await send()).body).toEqual({ data: { me: 'hello ann' } });
      caller = { username: 'bob' };
      expect((await send()).body).toMatchObject({
        errors: [{ extensions: { originalError: { code: 'GROUPS_INSUFFICIENT' } } }],
      });
    });

    it('knows the caller of sockets, at the connection too', async () => {
      const started = await start({ providers: [AlertsGateway] });
      await started.listen(0, '127.0.0.1');
      const socket = io(await started.getUrl(), { transports: ['websocket'], reconnection: false });
      const once = async (event: string): Promise<unknown> => new Promise((resolve) => socket.once(event, resolve));
      expect(await once('ready')).toBe(true);
      const pong = once('pong');
      socket.emit('ping');
      expect(await pong).toBe('ann');
      caller = { username: 'bob' };
      const refused = once('exception');
      socket.emit('ping');
      expect(await refused).toMatchObject({ code: 'GROUPS_INSUFFICIENT' });
      socket.disconnect();
    });

    it('knows the caller of microservices', async () => {
      const started = await start({ controllers: [MessageController] });
      const options = { host: '127.0.0.1', port: await freePort() };
      started.connectMicroservice<MicroserviceOptions>({ transport: Transport.TCP, options });
      await started.startAllMicroservices();
      const client = ClientProxyFactory.create({ transport: Transport.TCP, options });
      expect(await firstValueFrom(client.send('who', {}))).toEqual({ username: 'ann' });
      caller = undefined;
      await expect(firstValueFrom(client.send('who', {}))).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
      await client.close();
    });

    it('lets nothing reach AWS', async () => {
      await start({});
      const cognito = app?.get(CognitoService);
      const attempt = cognito?.authenticate({ username: 'ann', password: 'Correct-Horse-9' });
      await expect(attempt).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    });
  });

  describe('with an issuer', () => {
    it('accepts its tokens, whatever the options say', async () => {
      const issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
      const { signToken } = issuer;
      const builder = Test.createTestingModule({
        imports: [MandateModule.forRoot(HARD_CODED)],
        controllers: [OpenController],
        providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
      });
      app = (await overrideCognito(builder, { issuer }).compile()).createNestApplication({ logger: false });
      await app.init();
      const as = (path: string, token: string) => get(path).auth(token, { type: 'bearer' });
      await as('/me', signToken({ username: 'ann' })).expect(200, { username: 'ann', hasToken: true });
      await as('/me', signToken({ clientId: 'otherclient' })).expect(200);
      await as('/admins', signToken({ groups: ['admins'] })).expect(200);
      await as('/admins', signToken({ groups: [] })).expect(403);
      expect((await as('/me', signToken({ expiresInSeconds: 0 })).expect(401)).body).toMatchObject({
        code: 'TOKEN_EXPIRED',
      });
      expect((await as('/me', signToken({ clientId: 'stranger' })).expect(401)).body).toMatchObject({
        code: 'TOKEN_CLIENT_REFUSED',
      });
    });
  });

  describe('with an embedded Cognito', () => {
    let cognito: LocalCognito;

    beforeAll(async () => {
      const users = [{ username: 'ann', password: 'Correct-Horse-9', groups: ['admins'] }];
      cognito = await LocalCognito.start({
        pools: [
          { name: 'main', keys: signingKeysPem(), users },
          { name: 'staff', keys: signingKeysPem(), users: [{ username: 'sue', password: 'Correct-Horse-9' }] },
        ],
      });
    });

    afterAll(() => cognito.stop());

    async function startApp(
      mandate: ModuleMetadata['imports'],
      overrides: Parameters<typeof overrideCognito>[1] = { cognito },
    ): Promise<INestApplication> {
      @Module({
        imports: [...(mandate ?? [])],
        controllers: [OpenController],
        providers: [Accounts, { provide: APP_GUARD, useClass: CognitoAuthGuard }],
      })
      class AppModule {}
      const builder = overrideCognito(Test.createTestingModule({ imports: [AppModule] }), overrides);
      app = (await builder.compile()).createNestApplication({ logger: false });
      return app.init();
    }

    it.each([
      ['forRoot', () => MandateModule.forRoot(HARD_CODED)],
      ['forRootAsync', () => MandateModule.forRootAsync({ useFactory: async () => Promise.resolve(HARD_CODED) })],
      [
        'forRoot with addresses and keys',
        () =>
          MandateModule.forRoot({
            ...HARD_CODED,
            endpoint: 'https://cognito.example.com',
            issuer: 'https://cognito.example.com/pool',
            region: 'eu-west-1',
            jwks: { keys: [] },
            replicaRegions: ['eu-central-1'],
          }),
      ],
    ])('points services and guard of %s at it', async (_way, mandate) => {
      const started = await startApp([mandate()]);
      const { cognito: service, admin } = started.get(Accounts);
      const outcome = await service.authenticate({ username: 'ann', password: 'Correct-Horse-9' });
      const token = outcome.status === 'AUTHENTICATED' ? outcome.tokens.accessToken : '';
      await get('/me').auth(token, { type: 'bearer' }).expect(200, { username: 'ann', hasToken: true });
      await get('/me').expect(401);
      expect(await admin.getUser('ann')).toMatchObject({ username: 'ann' });
      const signed = await cognito.pool('main').signToken({ username: 'ann', client: 'secret' });
      await get('/admins').auth(signed, { type: 'bearer' }).expect(200);
    });

    it('points managed login at it', async () => {
      const oauth = { domain: 'login.example.com', redirectUri: 'https://app.example.com/auth/callback' };
      const started = await startApp([MandateModule.forRoot({ ...HARD_CODED, oauth })]);
      const { url } = await started.get(Accounts).oauth.startLogin();
      expect(new URL(url).origin).toBe(cognito.endpoint);
    });

    it('points each of several registrations at the pool of its name', async () => {
      @Injectable()
      class Staff {
        constructor(@InjectCognito('staff') readonly cognito: CognitoService) {}
      }
      @Module({ providers: [Staff] })
      class StaffModule {}
      const started = await startApp([
        MandateModule.forRoot({ ...HARD_CODED, isGlobal: true }),
        MandateModule.forRoot({ ...HARD_CODED, userPoolId: 'eu-west-1_Staff', name: 'staff', isGlobal: true }),
        StaffModule,
      ]);
      const signIn = async (service: CognitoService, username: string) =>
        (await service.authenticate({ username, password: 'Correct-Horse-9' })).status;
      expect(await signIn(started.get(getCognitoToken()), 'ann')).toBe('AUTHENTICATED');
      expect(await signIn(started.get(Staff).cognito, 'sue')).toBe('AUTHENTICATED');
    });

    it('says which pool is missing, and takes another by name', async () => {
      const named = () => [MandateModule.forRoot({ ...HARD_CODED, name: 'guests' })];
      await expect(
        overrideCognito(Test.createTestingModule({ imports: named() }), { cognito }).compile(),
      ).rejects.toThrow('"cognito" must have a pool named "guests", as the registration is. It has: "main", "staff".');
      const pools = { guests: cognito.pool('main') };
      const module = await overrideCognito(Test.createTestingModule({ imports: named() }), { pools }).compile();
      const service = module.get<CognitoService>(getCognitoToken('guests'));
      expect(await service.authenticate({ username: 'ann', password: 'Correct-Horse-9' })).toMatchObject({
        status: 'AUTHENTICATED',
      });
      await module.close();
    });

    it('knows a caller too', async () => {
      const started = await startApp([MandateModule.forRoot(HARD_CODED)], { cognito, user: () => caller });
      caller = { username: 'zoe' };
      await get('/me').expect(200, { username: 'zoe', hasToken: true });
      expect(await started.get(Accounts).admin.getUser('ann')).toMatchObject({ username: 'ann' });
    });
  });
});
