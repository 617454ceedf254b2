import { Controller, Get, type INestApplication, Module, Post, Req, Res, type Type } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { type AbstractHttpAdapter, APP_GUARD } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import { CognitoHealthIndicator, MandateHealthModule } from '../../lib/health/index.js';
import {
  type BrowserSession,
  BrowserSessionService,
  MandateAuthApiModule,
  MandateOAuthModule,
  MandateSessionModule,
  Session,
} from '../../lib/http/index.js';
import { CognitoAuthGuard, CognitoService, CurrentUser, MandateModule, Public } from '../../lib/index.js';
import { type CognitoOverrides, LocalCognito, overrideCognito } from '../../lib/testing/index.js';
import { signingKeysPem } from '../local/signing-keys.js';

const ORIGIN = 'https://app.example.com';
const SECRET = 'a secret of more than 32 characters, for tests';
const ANN = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };
/** What the application has written into its modules. */
const HARD_CODED = { userPoolId: 'eu-west-1_Production', clientId: 'productionclient' };

@Controller()
class MeController {
  @Get('me')
  me(@CurrentUser('username') username: string): object {
    return { username };
  }
}

@Controller('form')
class FormController {
  constructor(
    private readonly cognito: CognitoService,
    private readonly sessions: BrowserSessionService,
  ) {}

  @Public()
  @Post('sign-in')
  async signIn(@Res({ passthrough: true }) response: object): Promise<object> {
    const outcome = await this.cognito.authenticate(ANN);
    if (outcome.status === 'AUTHENTICATED') {
      await this.sessions.create(response, outcome.tokens);
    }
    return { status: outcome.status };
  }

  @Get('session')
  session(@Session() session: BrowserSession | undefined): object {
    return { sub: session?.sub };
  }

  @Post('sign-out')
  async signOut(@Req() incoming: object, @Res({ passthrough: true }) response: object): Promise<void> {
    await this.sessions.end(incoming, response);
  }
}

@Public()
@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly cognito: CognitoHealthIndicator,
  ) {}

  @Get('keys')
  @HealthCheck()
  keys(): unknown {
    return this.health.check([() => this.cognito.keys('keys')]);
  }

  @Get('service')
  @HealthCheck()
  service(): unknown {
    return this.health.check([() => this.cognito.service('service')]);
  }
}

const appGuard = { provide: APP_GUARD, useClass: CognitoAuthGuard };

@Module({
  imports: [
    MandateModule.forRoot({ ...HARD_CODED, isGlobal: true }),
    MandateSessionModule.forRoot({ session: { secret: SECRET, origin: ORIGIN } }),
    MandateHealthModule,
  ],
  controllers: [MeController, FormController, HealthController],
  providers: [appGuard],
})
class SessionAppModule {}

@Module({
  imports: [
    ConfigModule.forRoot({ ignoreEnvFile: true, load: [() => ({ ...HARD_CODED, domain: 'login.example.com' })] }),
    MandateModule.forRootAsync({
      imports: [ConfigModule.forFeature(() => ({ ...HARD_CODED, domain: 'login.example.com' }))],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        userPoolId: config.getOrThrow<string>('userPoolId'),
        clientId: config.getOrThrow<string>('clientId'),
        oauth: {
          domain: config.getOrThrow<string>('domain'),
          redirectUri: `${ORIGIN}/auth/callback`,
          logoutUri: `${ORIGIN}/`,
        },
      }),
    }),
    MandateOAuthModule.forRoot({ session: { secret: SECRET } }),
  ],
  controllers: [MeController],
  providers: [appGuard],
})
class OAuthAppModule {}

@Module({
  imports: [
    MandateModule.forRoot(HARD_CODED),
    MandateAuthApiModule.forRoot({ delivery: 'cookie', session: { secret: SECRET, origin: ORIGIN } }),
  ],
  controllers: [MeController],
  providers: [appGuard],
})
class AuthApiAppModule {}

const logger = { log: jest.fn(), warn: jest.fn(), error: jest.fn() };

describe.each<[string, () => AbstractHttpAdapter]>([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('overrideCognito in an application of mandate/http, on %s', (platform, adapter) => {
  let app: INestApplication | undefined;
  let cognito: LocalCognito;

  beforeAll(async () => {
    const oauth = {
      CallbackURLs: [`${ORIGIN}/auth/callback`],
      LogoutURLs: [`${ORIGIN}/`],
      AllowedOAuthFlows: ['code' as const],
      AllowedOAuthScopes: ['openid'],
      AllowedOAuthFlowsUserPoolClient: true,
    };
    cognito = await LocalCognito.start({
      pools: [{ name: 'main', keys: signingKeysPem(), users: [ANN], clients: [{ name: 'web', ...oauth }] }],
    });
  });

  beforeEach(() => {
    jest.clearAllMocks();
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  afterAll(() => cognito.stop());

  async function start(root: Type, overrides: CognitoOverrides): Promise<void> {
    const module = await overrideCognito(Test.createTestingModule({ imports: [root] }), overrides)
      .setLogger(logger)
      .compile();
    app = module.createNestApplication(adapter());
    await app.init();
    await (app.getHttpAdapter().getInstance() as { ready?(): Promise<unknown> }).ready?.();
  }

  const call = (method: 'get' | 'post', path: string, cookie: readonly string[] = []) =>
    request(app?.getHttpServer())
      [method](path)
      .set({ cookie: cookie.join('; '), origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'x-mandate-csrf': '1' });
  const get = (path: string, cookie?: readonly string[]) => call('get', path, cookie);
  const post = (path: string, cookie?: readonly string[]) => call('post', path, cookie);
  const startLogin = () => get('/auth/login').set({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' });

  describe('with an embedded Cognito', () => {
    it('has sessions after a sign-in by its own form, and a healthy pool', async () => {
      await start(SessionAppModule, { cognito });
      await get('/me').expect(401);
      const cookie = cookiesOf(await post('/form/sign-in').expect(201));
      await get('/me', cookie).expect(200, { username: 'ann' });
      const { sub } = (await cognito.pool().signToken({ username: 'ann' }).then(claimsOf)) as { sub: string };
      await get('/form/session', cookie).expect(200, { sub });
      await post('/form/sign-out', cookie).expect(201);
      await get('/me', cookie).expect(401);
      expect((await get('/health/service').expect(200)).body).toMatchObject({ details: { service: { status: 'up' } } });
      expect((await get('/health/keys').expect(200)).body).toMatchObject({ details: { keys: { keys: 2 } } });
    });

    it('signs in and out by managed login', async () => {
      await start(OAuthAppModule, { cognito });
      const login = await startLogin().expect(303);
      const callback = new URL(await cognito.oauthCode('ann', login.get('location') ?? ''));
      const signedIn = await get(`${callback.pathname}${callback.search}`, cookiesOf(login)).expect(200);
      const cookie = cookiesOf(signedIn);
      await get('/me', cookie).expect(200, { username: 'ann' });
      const { body } = await post('/auth/logout', cookie).expect(200);
      expect(new URL((body as { url: string }).url).origin).toBe(cognito.endpoint);
      await get('/me', cookie).expect(401);
    });

    it('has the auth API, from the sign-up to the session', async () => {
      await start(AuthApiAppModule, { cognito });
      const { username, password } = { username: `bob-${platform}`, password: 'Correct-Horse-8' };
      const email = `${username}@example.com`;
      await post('/auth/register').send({ username, password, attributes: { email } }).expect(201);
      await post('/auth/confirm')
        .send({ username, code: cognito.outbox.latest({ to: email })?.code })
        .expect(200);
      const cookie = cookiesOf(await post('/auth/authenticate').send({ username, password }).expect(200));
      await get('/me', cookie).expect(200, { username });
      expect((await get('/auth/me', cookie).expect(200)).body).toMatchObject({ username });
    });
  });

  describe('with a user', () => {
    const user = { username: 'ann' };

    it('knows the caller without a session, and calls nobody', async () => {
      await start(SessionAppModule, { user });
      await get('/me').expect(200, user);
      await get('/form/session').expect(200, {});
      await post('/form/sign-in').expect(503);
      await post('/form/sign-out').expect(201);
      expect((await get('/health/keys').expect(200)).body).toMatchObject({ status: 'ok' });
      expect((await get('/health/service').expect(503)).body).toMatchObject({ status: 'error' });
      // Not that the guard would not read the sessions: it reads none in any case.
      expect(logger.warn).not.toHaveBeenCalled();
    });

    it('starts no managed login at AWS', async () => {
      await start(OAuthAppModule, { user });
      await get('/me').expect(200, user);
      await get('/auth/session').expect(200, 'null');
      const login = await startLogin().expect(303);
      const location = new URL(login.get('location') ?? '');
      expect(location.host).toBe('127.0.0.1:1');
      const callback = `/auth/callback?code=any&state=${location.searchParams.get('state') ?? ''}`;
      await get(callback, cookiesOf(login)).expect(503);
    });

    it('knows the caller of the auth API', async () => {
      await start(AuthApiAppModule, { user });
      await get('/me').expect(200, user);
      const { username, password } = ANN;
      const { body } = await post('/auth/authenticate').send({ username, password }).expect(503);
      expect(body).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    });
  });
});

function cookiesOf(response: request.Response): string[] {
  const set = (response.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
  return set.map((cookie) => cookie.split(';')[0] ?? '').filter((cookie) => !cookie.endsWith('='));
}

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
