import { ConfigModule, ConfigService } from '@nestjs/config';
import {
  Controller,
  Injectable,
  Module,
  type NestInterceptor,
  Post,
  Req,
  Res,
  UseInterceptors,
  VersioningType,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Type as TypeOf } from 'class-transformer';
import { map } from 'rxjs';

import { Public } from '../../../lib/auth/decorators/public.decorator.js';
import { RegisterDto } from '../../../lib/dto/index.js';
import {
  AuthApi,
  type AuthApiCall,
  type AuthApiInputs,
  AuthApiResponses,
  InjectAuthApi,
  MandateAuthApiModule,
  RegisterHandler,
} from '../../../lib/http/index.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { ANN, ApiApp, type ApiSettings, EVE, type Platform, SESSION } from './support/api-app.js';
import { ApiClient } from './support/api-client.js';

@Injectable()
class Invitations {
  readonly used: string[] = [];
}

@Module({ providers: [Invitations], exports: [Invitations] })
class InvitationsModule {}

@Injectable()
class InvitedRegisterHandler extends RegisterHandler {
  constructor(private readonly invitations: Invitations) {
    super();
  }

  override async handle(input: AuthApiInputs['register'], call: AuthApiCall) {
    this.invitations.used.push(input.username);
    return super.handle(input, call);
  }
}

@Injectable()
class ShoutingResponses extends AuthApiResponses {
  override user(account: Parameters<AuthApiResponses['user']>[0]) {
    return { ...super.user(account), username: account.username.toUpperCase() };
  }
}

class Interests {
  @IsString()
  declare email: string;

  @IsOptional()
  @IsIn(['chess', 'go'])
  declare nickname?: string;
}

class GamerRegisterDto extends RegisterDto<Interests> {
  @ValidateNested()
  @TypeOf(() => Interests)
  declare attributes: Interests;
}

class Stamp implements NestInterceptor {
  intercept(...[, next]: Parameters<NestInterceptor['intercept']>) {
    return next.handle().pipe(map((body: unknown) => ({ ...(body as object), stamped: true })));
  }
}

@Controller('door')
class DoorController {
  constructor(@InjectAuthApi() private readonly auth: AuthApi) {}

  @Public()
  @Post()
  async knock(@Req() request: object, @Res({ passthrough: true }) response: object) {
    return this.auth.handle('authenticate', { username: 'eve', password: EVE.password }, { request, response });
  }
}

describe.each(['express', 'fastify'] as const)(
  'the auth API, changed by an application on %s',
  (platform: Platform) => {
    let api: ApiApp;
    const start = async (settings: ApiSettings) => (api = await ApiApp.start({ platform, ...settings })).client();
    const statusesOf = async (client: ApiClient, paths: readonly (readonly ['get' | 'post', string])[]) =>
      Promise.all(paths.map(async ([method, path]) => (await client.send(method, path)).status));

    afterEach(async () => {
      await api.stop();
    });

    it('has the features that it lists, and no others', async () => {
      const client = await start({ api: { features: ['signIn', 'profile'] } });
      await client.signIn(EVE);
      expect(
        await statusesOf(client, [
          ['post', '/auth/register'],
          ['post', '/auth/forgot-password'],
          ['get', '/auth/mfa'],
          ['get', '/auth/sessions'],
          ['get', '/auth/me'],
          ['get', '/auth/session'],
        ]),
      ).toEqual([404, 404, 404, 404, 200, 200]);
    });

    it('has other paths, and leaves routes out', async () => {
      const client = await start({
        api: { prefix: 'account/api', paths: { me: 'who-am-i', session: null, forgetDevice: 'gadgets/:deviceKey' } },
      });
      const moved = new ApiClient(api.app, 'cookie', '/account/api');
      await moved.signIn(EVE);
      expect((await moved.call('get', 'who-am-i')).status).toBe(200);
      expect((await moved.call('delete', 'gadgets/us-east-1_x')).status).not.toBe(404);
      expect(await statusesOf(client, [['get', '/auth/me']])).toEqual([404]);
      expect(await statusesOf(moved, [['get', '/account/api/session']])).toEqual([404]);
      expect((await moved.call('patch', 'me', { attributes: { nickname: 'E' } })).status).toBe(200);
    });

    it.each([
      ['URI', { type: VersioningType.URI, defaultVersion: '1' } as const, {}, '/api/auth'],
      ['header', { type: VersioningType.HEADER, header: 'x-version' } as const, { 'x-version': '3' }, '/api/auth'],
    ])(
      'serves every version of an API that is versioned by %s, after the global prefix',
      async (_, options, headers, path) => {
        await start({
          configure: (app) => {
            app.setGlobalPrefix('api');
            app.enableVersioning(options);
          },
        });
        const client = new ApiClient(api.app, 'cookie', path);
        await client.signIn(EVE);
        expect((await client.call('get', 'me', undefined, { headers })).status).toBe(200);
      },
    );

    it('has no routes of its own, and answers those of the application', async () => {
      const client = await start({ api: { routes: false }, metadata: { controllers: [DoorController] } });
      expect((await client.call('get', 'me')).status).toBe(404);
      const knocked = await client.send('post', '/door', {});
      expect([knocked.status, knocked.body]).toMatchObject([201, { status: 'AUTHENTICATED' }]);
      expect((await client.send('get', '/own')).body).toEqual({ username: 'eve' });
      expect((await client.send('post', '/door', {}, { only: {} })).status).toBe(403);
    });

    it('replaces the logic of a route by a subclass that injects a service, and responses and bodies', async () => {
      const client = await start({
        api: {
          imports: [InvitationsModule],
          handlers: { register: InvitedRegisterHandler },
          responses: ShoutingResponses,
          dto: { register: GamerRegisterDto },
          decorators: (route) => (route === 'me' ? [UseInterceptors(Stamp)] : []),
        },
        metadata: { imports: [InvitationsModule] },
      });
      const register = async (nickname: string) =>
        client.call('post', 'register', { ...ANN, attributes: { ...ANN.attributes, nickname } });
      const refused = await register('poker');
      expect([refused.status, refused.body]).toMatchObject([400, { errors: [{ field: 'attributes.nickname' }] }]);
      expect((await register('go')).status).toBe(201);
      expect(api.app.get(Invitations, { strict: false }).used).toEqual(['ann']);
      await client.signIn(EVE);
      expect((await client.call('get', 'me')).body).toMatchObject({ username: 'EVE', stamped: true });
      expect((await client.call('get', 'mfa')).body).not.toHaveProperty('stamped');
    });
  },
);

describe('the module of the auth API', () => {
  let api: ApiApp;

  afterEach(async () => {
    await api.stop();
  });

  it('takes its options from a factory, and its handlers from a test', async () => {
    const { app: first, cognito } = (api = await ApiApp.start());
    await first.close();
    process.env['TEST_SESSION_SECRET'] = SESSION.secret;
    const handled: object[] = [];
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(cognito.pool('users').moduleOptions()),
        MandateAuthApiModule.forRootAsync({
          delivery: 'cookie',
          imports: [ConfigModule.forRoot({ ignoreEnvFile: true })],
          inject: [ConfigService],
          useFactory: (config: ConfigService) => ({
            session: { ...SESSION, secret: config.getOrThrow<string>('TEST_SESSION_SECRET') },
          }),
        }),
      ],
    })
      .overrideProvider(RegisterHandler)
      .useValue({
        handle: async (input: object) => {
          handled.push(input);
          return Promise.resolve({ confirmed: true });
        },
      })
      .compile();
    const app = module.createNestApplication();
    await app.init();
    try {
      const client = new ApiClient(app, 'cookie');
      expect((await client.call('post', 'register', ANN)).body).toEqual({ confirmed: true });
      expect(handled).toMatchObject([ANN]);
      await client.signIn(EVE);
    } finally {
      await app.close();
    }
  });

  it('exists once for each pool: cookies, tokens and limits are apart', async () => {
    api = await ApiApp.start({ delivery: 'cookie', api: { throttle: null } });
    const { cognito } = api;
    await api.app.close();
    const staff = cognito.pool('users').createClient({ name: 'staff', PreventUserExistenceErrors: 'ENABLED' });
    expect(staff.name).toBe('staff');
    const throttle = { limits: { forgotPassword: { address: null, user: { limit: 1, ttl: 60_000 } } } };
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(cognito.pool('users').moduleOptions()),
        MandateModule.forRoot({ name: 'staff', ...cognito.pool('users').moduleOptions({ client: 'staff' }) }),
        MandateAuthApiModule.forRoot({ delivery: 'cookie', session: SESSION, throttle }),
        MandateAuthApiModule.forRoot({ name: 'staff', delivery: 'cookie', session: SESSION, throttle }),
        MandateAuthApiModule.forRoot({ prefix: 'mobile', delivery: 'body', throttle }),
      ],
    }).compile();
    const app = module.createNestApplication();
    await app.init();
    try {
      const [one, two, mobile] = [
        new ApiClient(app, 'cookie'),
        new ApiClient(app, 'cookie', '/auth/staff'),
        new ApiClient(app, 'body', '/mobile'),
      ];
      for (const client of [one, two, mobile]) {
        await client.signIn(EVE);
        expect((await client.call('get', 'me')).status).toBe(200);
      }
      expect([...one.jar.keys(), ...two.jar.keys()]).toEqual(['__Host-Http-mandate', '__Host-Http-mandate-staff']);
      expect((await one.send('get', '/auth/staff/me')).status).toBe(401);
      expect((await two.send('get', '/auth/me')).status).toBe(401);
      expect((await mobile.send('get', '/auth/staff/me')).status).toBe(401);
      expect((await mobile.send('get', '/auth/me')).status).toBe(200);
      const forgot = async (client: ApiClient) =>
        (await client.call('post', 'forgot-password', { username: 'eve' })).status;
      expect([await forgot(one), await forgot(two), await forgot(one), await forgot(two)]).toEqual([
        202, 202, 429, 429,
      ]);
    } finally {
      await app.close();
    }
  });
});
