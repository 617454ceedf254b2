import {
  Body,
  Controller,
  Get,
  type INestApplication,
  Injectable,
  type LoggerService,
  Module,
  type ModuleMetadata,
  Post,
  ValidationPipe,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { IsString } from 'class-validator';
import {
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  Groups,
  MandateModule,
  type MandateModuleOptions,
  MaxAge,
  Public,
  Scopes,
  TokenUse,
} from 'mandate';
import { AuthenticateDto } from 'mandate/dto';
import { MandateSessionModule } from 'mandate/http';
import { LocalCognito, type LocalModuleOptions } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';

/** What docs/troubleshooting.md says: each symptom appears as it says, and goes away by its remedy. */
const ann = {
  username: 'ann',
  password: 'Correct-Horse-9',
  attributes: { email: 'ann@example.com' },
  groups: ['admins'],
};

class BareDto extends AuthenticateDto {
  declare note: string;
}

class DecoratedDto extends AuthenticateDto {
  @IsString()
  declare note: string;
}

@Controller()
class ProbeController {
  @Get('me')
  me(@CurrentUser(['sub', 'email']) user: object) {
    return user;
  }

  @TokenUse('id')
  @Get('profile')
  profile(@CurrentUser(['sub', 'email']) user: object) {
    return user;
  }

  @Groups('admins')
  @Get('reports')
  reports() {
    return {};
  }

  @TokenUse('access')
  @Scopes('photos/read')
  @Get('photos')
  photos() {
    return {};
  }

  @MaxAge(60)
  @Get('recent')
  recent() {
    return {};
  }

  @Public()
  @Get('lenient')
  lenient(@CurrentUser('username') username?: string) {
    return { username };
  }

  @Public({ onInvalidToken: 'reject' })
  @Get('strict')
  strict(@CurrentUser('username') username?: string) {
    return { username };
  }

  @Public()
  @Post('bare')
  bare(@Body() body: BareDto) {
    return { note: body.note };
  }

  @Public()
  @Post('decorated')
  decorated(@Body() body: DecoratedDto) {
    return { note: body.note };
  }
}

@Injectable()
class Reader {
  constructor(readonly cognito: CognitoService) {}
}

@Module({ providers: [Reader] })
class FeatureModule {}

let local: LocalCognito;
let pool: LocalModuleOptions;
const apps: INestApplication[] = [];
const lines: string[] = [];
const write = (line: unknown) => void lines.push(String(line));
const logger: LoggerService = { log: () => undefined, debug: write, warn: write, error: write };

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [
      {
        name: 'users',
        keys: signingKeysPem(),
        clients: [
          { name: 'backend', secret: true },
          { name: 'mobile' },
          { name: 'rotating', RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } },
          { name: 'patient', RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 } },
        ],
        users: [ann],
      },
      { name: 'others', keys: signingKeysPem() },
    ],
  });
  pool = local.pool('users').moduleOptions();
});

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await local.stop();
});

beforeEach(() => void lines.splice(0));

async function start(
  options: MandateModuleOptions,
  { imports = [] }: ModuleMetadata = {},
  configure: (app: INestApplication) => void = () => undefined,
): Promise<INestApplication> {
  const module = await Test.createTestingModule({
    imports: [MandateModule.forRoot(options), ...imports],
    controllers: [ProbeController],
    providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
  })
    .setLogger(logger)
    .compile();
  const app = module.createNestApplication({ logger });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
  configure(app);
  apps.push(await app.init());
  return app;
}

const get = (app: INestApplication, path: string, token: string) =>
  request(app.getHttpServer()).get(path).auth(token, { type: 'bearer' });

async function signIn(app: INestApplication) {
  const outcome = await app.get(CognitoService).authenticate(ann);
  if (outcome.status !== 'AUTHENTICATED') {
    throw new Error('Expected tokens.');
  }
  return outcome.tokens;
}

function allowOrigin(app: INestApplication): void {
  // #region cors
  app.enableCors({
    origin: 'https://app.example.com', // the same as in session.csrf.origins
    credentials: true,
    allowedHeaders: ['content-type', 'x-mandate-csrf'],
  });
  // #endregion
}

/** The options of a client, as a developer writes them for a real pool. */
const of = (client: string) => local.pool('users').moduleOptions({ client });

describe('docs/troubleshooting.md, tokens', () => {
  it('behind an emulator', async () => {
    const { issuer, ...withoutIssuer } = pool;
    const app = await start(withoutIssuer);
    const token = await local.pool('users').signToken({ username: 'ann' });
    await get(app, '/me', token).expect(401, /TOKEN_ISSUER_REFUSED/);
    expect(lines.join('\n')).toContain('is not an address of AWS, but the guard accepts tokens of AWS only');
    expect(lines.join('\n')).toContain(`iss "${issuer}"`);
    await get(await start(pool), '/me', token).expect(200);
  });

  it('of another kind', async () => {
    const app = await start(pool);
    const { idToken = '', accessToken } = await signIn(app);
    await get(app, '/me', idToken).expect(401, /TOKEN_USE_REFUSED/);
    await get(app, '/profile', idToken).expect(200, /ann@example.com/);
    expect((await get(app, '/me', accessToken).expect(200)).body).not.toHaveProperty('email');
    const strict = await start({ ...of('mobile'), tokenUse: 'id' });
    await get(strict, '/me', idToken).expect(401, /TOKEN_CLIENT_REFUSED/);
  });

  it('of clocks that differ', async () => {
    const now = Math.floor(Date.now() / 1000);
    const token = await local.pool('users').signToken({ username: 'ann', claims: { exp: now - 10 } });
    const early = await local.pool('users').signToken({ username: 'ann', claims: { nbf: now + 10 } });
    const exact = await start(pool);
    await get(exact, '/me', token).expect(401, /TOKEN_EXPIRED/);
    await get(exact, '/me', early).expect(401, /TOKEN_NOT_YET_VALID/);
    const tolerant = await start({ ...pool, clockToleranceSeconds: 60 });
    await get(tolerant, '/me', token).expect(200);
    await get(tolerant, '/me', early).expect(200);
  });

  it('that templates did not fill in', async () => {
    const app = await start(pool);
    await get(app, '/me', 'undefined').expect(401, /TOKEN_MALFORMED/);
    await request(app.getHttpServer())
      .get('/me')
      .set('authorization', 'Bearer "x"')
      .expect(400, /REQUEST_MALFORMED/);
  });

  it('of public handlers', async () => {
    const app = await start(pool);
    const expired = await local.pool('users').signToken({ username: 'ann', expiresInSeconds: -1 });
    await get(app, '/lenient', expired).expect(200, {});
    await get(app, '/strict', expired).expect(401, /TOKEN_EXPIRED/);
    await request(app.getHttpServer()).get('/strict').expect(200, {});
  });

  it('without keys', async () => {
    const app = await start({ ...pool, jwksUri: 'http://127.0.0.1:1/jwks.json' });
    const token = await local.pool('users').signToken({ username: 'ann' });
    await get(app, '/me', token).expect(503, /SIGNING_KEYS_UNAVAILABLE/);
    expect(lines.join('\n')).toContain('No key is available, so requests with a token are answered with 503');
  });
});

describe('docs/troubleshooting.md, claims', () => {
  it('changes groups with the next renewal', async () => {
    const app = await start(pool);
    const tokens = await signIn(app);
    const admin = app.get(CognitoAdminService);
    await admin.groups.removeUser({ username: 'ann', group: 'admins' });
    await get(app, '/reports', tokens.accessToken).expect(200);
    const renewed = await app.get(CognitoService).renewTokens(tokens);
    await get(app, '/reports', renewed.accessToken).expect(403, /GROUPS_INSUFFICIENT/);
    await admin.groups.addUser({ username: 'ann', group: 'admins' });
  });

  it('has one scope in tokens of authenticate', async () => {
    const app = await start(pool);
    const tokens = await signIn(app);
    const { scope } = await app.get(CognitoService).verifyToken(tokens.accessToken);
    expect(scope).toBe('aws.cognito.signin.user.admin');
    await get(app, '/photos', tokens.accessToken).expect(403, /SCOPE_INSUFFICIENT/);
  });

  it('counts the age of a sign-in, not of a token', async () => {
    const app = await start({ ...pool, clock: () => Date.now() + 120_000 });
    const tokens = await signIn(app);
    const renewed = await app.get(CognitoService).renewTokens(tokens);
    await get(app, '/recent', renewed.accessToken).expect(401, /AUTHENTICATION_INSUFFICIENT/);
    expect((await get(app, '/recent', renewed.accessToken)).get('www-authenticate')).toContain('max_age="60"');
  });

  it('requires a scope for calls of the user', async () => {
    const app = await start(pool);
    const token = await local.pool('users').signToken({ username: 'ann', scopes: ['openid'] });
    await expect(app.get(CognitoService).getUser(token)).rejects.toMatchObject({
      code: 'ACCESS_TOKEN_SCOPE_MISSING',
      message: expect.stringContaining('Access Token does not have required scopes') as string,
    });
  });
});

describe('docs/troubleshooting.md, sign-in', () => {
  it.each([
    [
      'a wrong secret',
      { clientSecret: 'w'.repeat(30) },
      'SECRET_HASH_INVALID',
      'Unable to verify secret hash for client',
    ],
    ['no secret', { clientSecret: undefined }, 'SECRET_HASH_MISSING', 'SECRET_HASH was not received'],
  ])('with %s', async (_what, wrong, code, text) => {
    const { clientSecret, ...rest } = pool;
    const options = { ...rest, ...(wrong.clientSecret !== undefined && wrong) };
    const failed = (await start(options)).get(CognitoService).authenticate(ann);
    await expect(failed).rejects.toMatchObject({ code, message: expect.stringContaining(text) as string });
    expect(clientSecret).toBeDefined();
  });

  it('with an empty secret', async () => {
    await expect(start({ ...pool, clientSecret: '' })).rejects.toThrow(
      'must be a non-empty string, or a function that returns one',
    );
  });

  it('with the id of another pool', async () => {
    const app = await start({ ...pool, userPoolId: local.pool('others').id, issuer: local.pool('others').issuer });
    await expect(app.get(CognitoService).authenticate(ann)).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' });
    expect(lines.join('\n')).toContain('Cognito refused a password by SRP, and has accepted none since the start');
  });

  it('by hand, without SRP_A', async () => {
    const app = await start(of('mobile'));
    const { CognitoClient } = await import('mandate');
    const sent = app.get(CognitoClient).send('InitiateAuth', {
      ClientId: of('mobile').clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: 'ann', PASSWORD: ann.password },
    });
    await expect(sent).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      message: expect.stringContaining('Missing required parameter SRP_A') as string,
    });
  });
});

describe('docs/troubleshooting.md, renewal', () => {
  it('of another client', async () => {
    const { refreshToken = '' } = await signIn(await start(pool));
    const other = (await start(of('mobile'))).get(CognitoService);
    await expect(other.renewTokens({ refreshToken })).rejects.toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
  });

  it('with rotation, twice', async () => {
    const app = await start(of('rotating'));
    const tokens = await signIn(app);
    const cognito = app.get(CognitoService);
    await cognito.renewTokens(tokens);
    await expect(cognito.renewTokens(tokens)).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });
    const patient = await start(of('patient'));
    const others = await signIn(patient);
    await patient.get(CognitoService).renewTokens(others);
    await patient.get(CognitoService).renewTokens(others);
  });

  it('with rotation, by the old operation', async () => {
    const app = await start({ ...of('patient'), renewalMethod: 'REFRESH_TOKEN_AUTH' });
    const tokens = await signIn(app);
    await expect(app.get(CognitoService).renewTokens(tokens)).rejects.toMatchObject({
      code: 'AUTH_FLOW_NOT_ENABLED',
    });
  });
});

describe('docs/troubleshooting.md, Nest', () => {
  it('cannot resolve a service of a module that is not global', async () => {
    await expect(start(pool, { imports: [FeatureModule] })).rejects.toThrow("Nest can't resolve dependencies of the");
    const module = await Test.createTestingModule({
      imports: [MandateModule.forRootAsync({ isGlobal: true, useFactory: () => pool }), FeatureModule],
    }).compile();
    expect(module.get(Reader).cognito).toBeInstanceOf(CognitoService);
    await module.close();
  });

  it('removes members without a decorator', async () => {
    const app = await start(pool);
    const body = { username: 'ann', password: ann.password, note: 'hello' };
    await request(app.getHttpServer()).post('/bare').send(body).expect(201, {});
    await request(app.getHttpServer()).post('/decorated').send(body).expect(201, { note: 'hello' });
  });

  it('names options that are misspelled', async () => {
    await expect(start({ ...pool, clientID: 'x' } as never)).rejects.toThrow(
      'is unknown. The option is spelled "clientId"',
    );
  });

  it('does not start with a decorator that nothing enforces', async () => {
    const module = await Test.createTestingModule({
      imports: [MandateModule.forRoot(pool)],
      controllers: [ProbeController],
    })
      .setLogger(logger)
      .compile();
    const app = module.createNestApplication({ logger });
    await expect(app.init()).rejects.toThrow('is enforced by no CognitoAuthGuard, so that everybody is let in');
    await app.close();
  });
});

describe('docs/troubleshooting.md, cookies', () => {
  const session = { secret: 'a secret of this test, with 32 characters' };

  it('refuses an insecure cookie elsewhere', async () => {
    const sessions = MandateSessionModule.forRoot({
      session: { ...session, origin: 'http://app.example.com', cookie: { insecureLocalhost: true } },
    });
    await expect(start(pool, { imports: [sessions] })).rejects.toThrow(
      "is for development on this machine, but the application's own origin is http://app.example.com",
    );
  });

  it('allows another origin of the site', async () => {
    const sessions = MandateSessionModule.forRoot({
      session: { ...session, origin: 'https://api.example.com', csrf: { origins: ['https://app.example.com'] } },
    });
    const app = await start(pool, { imports: [sessions] }, allowOrigin);
    const preflight = await request(app.getHttpServer()).options('/bare').set({
      origin: 'https://app.example.com',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-mandate-csrf',
    });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': expect.stringContaining('x-mandate-csrf') as string,
    });
  });
});
