import { createHmac } from 'node:crypto';

import {
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Get,
  Injectable,
  Req,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import fastifyCookie from '@fastify/cookie';
import cookieParser from 'cookie-parser';
import request from 'supertest';

import type { AccessPolicy } from '../../lib/auth/access/access-policy.js';
import { authenticationOf, type Authentication } from '../../lib/auth/authentication.js';
import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { AccessToken } from '../../lib/auth/decorators/access-token.decorator.js';
import { Auth } from '../../lib/auth/decorators/auth.decorator.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { Groups } from '../../lib/auth/decorators/groups.decorator.js';
import { Pool } from '../../lib/auth/decorators/pool.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { Scopes } from '../../lib/auth/decorators/scopes.decorator.js';
import { bearerToken } from '../../lib/auth/extractors/bearer-token.js';
import { cookieToken } from '../../lib/auth/extractors/cookie-token.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import type { AccessTokenClaims } from '../../lib/tokens/claims/token-claims.js';
import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import type { CustomCheck } from '../../lib/tokens/token-verifier.js';
import { accessToken, idToken, jwks, signToken, accessClaims, NOW, TestKey } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { DoorController, type NestFastifyApplication, PLATFORMS, startApp } from './support/http-apps.js';

/** Which registration vouched for the token. */
const AuthenticatedBy = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => authenticationOf(context)?.pool,
);

const STAFF_ISSUER = 'https://staff.example';
const GLOBAL_GUARD = { provide: APP_GUARD, useClass: CognitoAuthGuard };
const SECRET = 'a secret of the tests';
const staffKey = new TestKey('staff-key');

@Controller('site')
@Public()
class SiteController {
  @Get('open')
  open(@CurrentUser() user?: AccessTokenClaims) {
    return { username: user?.username ?? null };
  }

  @Get('editors')
  @Groups('editors')
  editors() {
    return {};
  }

  @Get('auth')
  @Auth()
  auth(@AccessToken() token: string, @Req() req: { user: AccessTokenClaims }) {
    return { tokenLength: token.length, username: req.user.username };
  }
}

@Controller('admin')
@Groups('admin')
@Scopes('aws.cognito.signin.user.admin')
class AdminController {
  @Get('all')
  all() {
    return {};
  }

  @Get('support')
  @Groups('support')
  support() {
    return {};
  }

  @Get('health')
  @Public()
  health() {
    return {};
  }

  @Get('composed')
  @Auth({
    groups: { any: ['b'], all: ['a', 'b'], none: ['c'] },
    scopes: { any: ['x', 'y'], all: ['z'], none: ['w'] },
    tokenUse: 'access',
    acr: ['mfa'],
    maxAgeSeconds: 300,
  })
  composed() {
    return {};
  }
}

@Controller('pools')
class PoolsController {
  @Get('staff')
  @Pool('staff')
  staff(@CurrentUser('iss') iss: string) {
    return { iss };
  }

  @Get('both')
  @Pool('staff', 'default')
  both(@CurrentUser('iss') iss: string) {
    return { iss };
  }

  @Get('editors')
  @Pool('staff', 'default')
  @Groups('editors')
  editors() {
    return {};
  }

  @Get('clients')
  @Pool('default', 'mobile', 'staff')
  clients(@AuthenticatedBy() pool: string) {
    return { pool };
  }

  @Get('kinds')
  @Pool('mobile', 'default', 'profile')
  kinds(@AuthenticatedBy() pool: string) {
    return { pool };
  }

  @Get('either')
  @Auth({ pool: 'staff', tokenUse: ['id', 'access'] })
  either(@CurrentUser('iss') iss: string) {
    return { iss };
  }
}

@Injectable()
class StrictGuard extends CognitoAuthGuard {
  protected override authorize(authentication: Authentication, policy: AccessPolicy): Authentication {
    if (authentication.claims['custom:banned'] === true) {
      throw new TokenRejectedError('TOKEN_REVOKED');
    }
    return super.authorize(authentication, policy);
  }
}

@Controller('strict')
class StrictController {
  @Get()
  @UseGuards(StrictGuard)
  strict() {
    return {};
  }
}

describe.each(PLATFORMS)('as a global guard on %s', (platform) => {
  let app: Awaited<ReturnType<typeof startApp>>;
  const events: TokenEvent[] = [];

  beforeAll(async () => {
    app = await startApp(platform, {
      imports: [
        MandateModule.forRoot({ ...poolOptions, onTokenEvent: (event) => events.push(event) }),
        MandateModule.forRoot({
          ...poolOptions,
          name: 'staff',
          issuer: STAFF_ISSUER,
          jwks: jwks(staffKey),
          onTokenEvent: (event) => events.push(event),
        }),
        MandateModule.forRoot({ ...poolOptions, name: 'mobile', clientId: 'mobileclient' }),
        MandateModule.forRoot({ ...poolOptions, name: 'profile', tokenUse: 'id' }),
      ],
      controllers: [SiteController, AdminController, PoolsController, StrictController],
      providers: [GLOBAL_GUARD],
    });
  });
  afterAll(() => app.close());

  const get = (path: string, token?: string) => {
    const call = request(app.getHttpServer()).get(path);
    return token === undefined ? call : call.set('Authorization', `Bearer ${token}`);
  };
  const inGroups = (...groups: string[]) => accessToken({ 'cognito:groups': groups });
  const staffToken = () => signToken(accessClaims({ iss: STAFF_ISSUER }), staffKey);

  it('lets into a public class, but not past a handler that asks for something', async () => {
    expect((await get('/site/open').expect(200)).body).toEqual({ username: null });
    expect((await get('/site/open', accessToken()).expect(200)).body).toEqual({ username: 'janedoe' });
    await get('/site/editors').expect(401);
    await get('/site/editors', accessToken()).expect(403);
    await get('/site/editors', inGroups('editors')).expect(200);
    await get('/site/auth').expect(401);
    const token = accessToken();
    expect((await get('/site/auth', token).expect(200)).body).toEqual({
      tokenLength: token.length,
      username: 'janedoe',
    });
  });

  it('lets what a handler says beat what its class says, aspect by aspect', async () => {
    await get('/admin/all', inGroups('admin')).expect(200);
    await get('/admin/all', inGroups('support')).expect(403);
    await get('/admin/support', inGroups('support')).expect(200);
    await get('/admin/support', inGroups('admin')).expect(403);
    await get('/admin/support', accessToken({ 'cognito:groups': ['support'], scope: '' })).expect(403);
    await get('/admin/health').expect(200);
  });

  it('asks for all that @Auth composes', async () => {
    const good = { 'cognito:groups': ['a', 'b'], scope: 'x z', acr: 'mfa' };
    await get('/admin/composed', accessToken(good)).expect(200);
    for (const [change, status] of [
      [{ 'cognito:groups': ['a'] }, 403],
      [{ 'cognito:groups': ['a', 'b', 'c'] }, 403],
      [{ scope: 'z' }, 403],
      [{ scope: 'x' }, 403],
      [{ scope: 'x z w' }, 403],
      [{ acr: 'password' }, 401],
      [{ auth_time: 1 }, 401],
    ] as const) {
      await get('/admin/composed', accessToken({ ...good, ...change })).expect(status);
    }
    await get('/admin/composed', idToken()).expect(401);
  });

  it('accepts the tokens of the pools that a route names', async () => {
    expect((await get('/pools/staff', staffToken()).expect(200)).body).toEqual({ iss: STAFF_ISSUER });
    await get('/pools/staff', accessToken()).expect(401);
    await get('/pools/both', staffToken()).expect(200);
    await get('/pools/both', accessToken()).expect(200);
    await get('/pools/either', staffToken()).expect(200);
    await get('/site/auth', staffToken()).expect(401);

    for (const [token, code] of [
      [undefined, 'TOKEN_MISSING'],
      [accessToken({ iss: 'https://evil.example' }), 'TOKEN_ISSUER_REFUSED'],
      ['nonsense', 'TOKEN_MALFORMED'],
      // Chosen by what it says of itself, and refused by the pool that it names.
      [accessToken({ iss: STAFF_ISSUER }), 'TOKEN_KEY_UNKNOWN'],
    ] as const) {
      expect((await get('/pools/both', token).expect(401)).body.code).toBe(code);
    }
  });

  it('tells the observer what it refused, and why, and nothing else', async () => {
    events.length = 0;
    await get('/site/auth').expect(401);
    await get('/site/auth').set('Authorization', 'Bearer').expect(400);
    await get('/admin/all', inGroups('support')).expect(403);
    await get('/site/auth', accessToken({ exp: 1 })).expect(401);
    expect(events.filter(({ type }) => type !== 'token-accepted')).toMatchObject([
      { type: 'access-denied', pool: 'default', code: 'TOKEN_MISSING' },
      { type: 'access-denied', pool: 'default', code: 'REQUEST_MALFORMED' },
      {
        type: 'access-denied',
        pool: 'default',
        code: 'GROUPS_INSUFFICIENT',
        expected: 'any of the groups admin',
        received: 'groups support',
      },
      { type: 'token-rejected', pool: 'default', code: 'TOKEN_EXPIRED' },
    ]);
  });

  it('has each registration of one user pool look at a token, until one accepts its client and kind', async () => {
    const poolOf = async (path: string, token: string) => {
      const { body } = await get(path, token);
      return (body.pool ?? body.code) as unknown;
    };
    const mobile = accessToken({ client_id: 'mobileclient' });
    expect(await poolOf('/pools/clients', accessToken())).toBe('default');
    expect(await poolOf('/pools/clients', mobile)).toBe('mobile');
    expect(await poolOf('/pools/clients', mobile)).toBe('mobile');
    expect(await poolOf('/pools/clients', staffToken())).toBe('staff');
    expect(await poolOf('/pools/kinds', idToken())).toBe('profile');

    expect(await poolOf('/pools/clients', accessToken({ client_id: 'third' }))).toBe('TOKEN_CLIENT_REFUSED');
    expect(await poolOf('/pools/clients', idToken())).toBe('TOKEN_USE_REFUSED');
    expect(await poolOf('/pools/kinds', accessToken({ client_id: 'mobileclient', exp: 1 }))).toBe('TOKEN_EXPIRED');
  });

  it('tells the observer of the pool that refused, and names its realm, where a route has several', async () => {
    events.length = 0;
    const realms: unknown[] = [];
    for (const token of [accessToken({ iss: 'https://evil.example' }), 'nonsense', accessToken(), staffToken()]) {
      const { headers } = await get('/pools/editors', token);
      realms.push(/realm="(\w+)"/.exec(String(headers['www-authenticate']))?.[1]);
    }
    expect(realms).toEqual(['staff', 'staff', 'default', 'staff']);
    const editors = { expected: 'any of the groups editors', received: 'no groups' };
    expect(events.filter(({ type }) => type !== 'token-accepted')).toEqual([
      {
        type: 'token-rejected',
        pool: 'staff',
        code: 'TOKEN_ISSUER_REFUSED',
        expected: 'a token of pool "staff" or "default"',
        received: 'iss "https://evil.example"',
      },
      { type: 'token-rejected', pool: 'staff', code: 'TOKEN_MALFORMED' },
      { type: 'access-denied', pool: 'default', code: 'GROUPS_INSUFFICIENT', ...editors },
      { type: 'access-denied', pool: 'staff', code: 'GROUPS_INSUFFICIENT', ...editors },
    ]);
  });

  it('can be subclassed, step by step', async () => {
    await get('/strict', accessToken()).expect(200);
    expect((await get('/strict', accessToken({ 'custom:banned': true })).expect(401)).body.code).toBe('TOKEN_REVOKED');
  });

  it('answers what does not exist with 404 as ever', async () => {
    await get('/nowhere', accessToken()).expect(404);
  });
});

describe('tokens in cookies', () => {
  const options = {
    ...poolOptions,
    extractors: [cookieToken('session', { signed: true }), cookieToken('token'), bearerToken()],
  };

  it.each(PLATFORMS)('are read on %s, signed and plain, in the given order', async (platform) => {
    const app = await startApp(
      platform,
      { imports: [MandateModule.forRoot(options)], controllers: [SiteController], providers: [GLOBAL_GUARD] },
      async (created) => {
        if (platform === 'express') {
          created.use(cookieParser(SECRET));
        } else {
          await (created as NestFastifyApplication).register(fastifyCookie, { secret: SECRET });
        }
      },
    );
    const get = (cookie: string, authorization?: string) => {
      const call = request(app.getHttpServer()).get('/site/auth').set('Cookie', cookie);
      return authorization === undefined ? call : call.set('Authorization', authorization);
    };
    const signed = (value: string, secret = SECRET) =>
      encodeURIComponent(`${platform === 'express' ? 's:' : ''}${sign(value, secret)}`);

    await get(`other=1; token=${accessToken()}`).expect(200);
    await get(`session=${signed(accessToken())}`).expect(200);
    await get(`session=${signed(accessToken(), 'forged')}`).expect(401);
    expect((await get(`session=${signed(accessToken({ exp: 1 }))}; token=${accessToken()}`)).body.code).toBe(
      'TOKEN_EXPIRED',
    );
    await get('token=', `Bearer ${accessToken()}`).expect(200);
    await get('x=1').expect(401);
    await app.close();
  });

  it.each(PLATFORMS)('need no parser on %s if they are plain', async (platform) => {
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot(options)],
      controllers: [SiteController],
      providers: [GLOBAL_GUARD],
    });
    const get = (cookie: string) => request(app.getHttpServer()).get('/site/auth').set('Cookie', cookie);
    await get(`a=b; token="${accessToken()}"`).expect(200);
    await get(`nottoken=${accessToken()}`).expect(401);
    await get(`session=${accessToken()}`).expect(401);
    await app.close();
  });
});

describe('clockToleranceSeconds', () => {
  it('counts for @MaxAge as it does for the end of a token', async () => {
    const app = await startApp('express', {
      imports: [MandateModule.forRoot({ ...poolOptions, clockToleranceSeconds: 5 })],
      controllers: [AdminController],
      providers: [GLOBAL_GUARD],
    });
    const get = (age: number) =>
      request(app.getHttpServer())
        .get('/admin/composed')
        .set(
          'Authorization',
          `Bearer ${accessToken({ 'cognito:groups': ['a', 'b'], scope: 'x z', acr: 'mfa', auth_time: NOW / 1000 - age })}`,
        );
    await get(305).expect(200);
    expect((await get(306).expect(401)).body.code).toBe('AUTHENTICATION_INSUFFICIENT');
    await app.close();
  });
});

describe('a public handler that rejects invalid tokens', () => {
  it('takes no word of a check for the absence of a token that was sent', async () => {
    const app = await startApp('express', {
      imports: [
        MandateModule.forRoot({
          ...poolOptions,
          customCheck: () => Promise.reject(new TokenRejectedError('TOKEN_MISSING')),
        }),
      ],
      controllers: [DoorController],
    });
    const get = () => request(app.getHttpServer()).get('/optional');
    await get().expect(200, { user: null });
    expect((await get().set('Authorization', `Bearer ${accessToken()}`).expect(401)).body.code).toBe('TOKEN_MISSING');
    await app.close();
  });
});

describe('the option check', () => {
  it.each<[string, CustomCheck, number, string | undefined]>([
    ['true', () => true, 200, undefined],
    ['nothing', () => undefined as never, 401, 'TOKEN_CLAIMS_INVALID'],
    ['false', () => Promise.resolve(false), 401, 'TOKEN_CLAIMS_INVALID'],
    ['a rejection of its own', () => Promise.reject(new TokenRejectedError('TOKEN_REVOKED')), 401, 'TOKEN_REVOKED'],
    ['a fault', () => Promise.reject(new Error('database')), 500, undefined],
  ])('answers with %s', async (_, check, status, code) => {
    const app = await startApp('express', {
      imports: [MandateModule.forRoot({ ...poolOptions, customCheck: check })],
      controllers: [SiteController],
      providers: [GLOBAL_GUARD],
    });
    const token = accessToken();
    for (const again of [token, token]) {
      const { body } = await request(app.getHttpServer())
        .get('/site/auth')
        .set('Authorization', `Bearer ${again}`)
        .expect(status);
      expect(body.code).toBe(code);
    }
    await app.close();
  });
});

/** The signature of cookie-signature, which both parsers use. */
function sign(value: string, secret: string): string {
  return `${value}.${createHmac('sha256', secret).update(value).digest('base64').replace(/=+$/, '')}`;
}
