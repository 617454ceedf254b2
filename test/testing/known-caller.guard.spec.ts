import { Controller, Get, type INestApplication, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import {
  AccessToken,
  CognitoAuthGuard,
  CurrentUser,
  Groups,
  MaxAge,
  Pool,
  Public,
  RequireAcr,
  Scopes,
  TokenUse,
  type VerifiedClaims,
} from '../../lib/index.js';
import { type KnownCaller, KnownCallerGuard } from '../../lib/testing/index.js';

@Controller()
@UseGuards(CognitoAuthGuard)
class GuardedController {
  @Get('me')
  me(@CurrentUser() claims: VerifiedClaims, @AccessToken() token?: string): object {
    return { claims, token };
  }

  @Public()
  @Get('public')
  open(@CurrentUser('username') username?: string): object {
    return { username };
  }

  @Get('admins')
  @Groups('admins')
  admins(): object {
    return {};
  }

  @Get('photos')
  @Scopes('photos/read')
  photos(): object {
    return {};
  }

  @Get('recent')
  @MaxAge(60)
  recent(): object {
    return {};
  }

  @Get('strong')
  @RequireAcr('urn:cognito:loa:4')
  strong(): object {
    return {};
  }

  @Get('profile')
  @TokenUse('id')
  profile(@CurrentUser('cognito:username') username: string, @AccessToken() token?: string): object {
    return { username, token };
  }

  @Get('staff')
  @Pool('staff')
  staff(): object {
    return {};
  }
}

@Controller()
class MeController {
  @Get('me')
  me(@CurrentUser('username') username: string): object {
    return { username };
  }
}

interface Answer {
  readonly body: { readonly code: string; readonly claims: VerifiedClaims; readonly token: string };
}

describe('KnownCallerGuard', () => {
  const guard = new KnownCallerGuard();
  let app: INestApplication;

  beforeAll(async () => {
    // No MandateModule: the guard needs none.
    const testing = await Test.createTestingModule({ controllers: [GuardedController] })
      .overrideGuard(CognitoAuthGuard)
      .useValue(guard)
      .compile();
    app = await testing.createNestApplication({ logger: false }).init();
  });

  afterAll(() => app.close());

  const get = (path: string, caller?: KnownCaller) => {
    guard.caller = caller;
    return request(app.getHttpServer()).get(path);
  };

  it('authenticates the caller without a token', async () => {
    const { body } = (await get('/me', { username: 'ann', groups: ['admins'], claims: { plan: 'pro' } }).expect(
      200,
    )) as Answer;
    expect(body.claims).toMatchObject({
      username: 'ann',
      token_use: 'access',
      'cognito:groups': ['admins'],
      plan: 'pro',
    });
    const [header = '', payload = '', signature] = body.token.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'none' });
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual(body.claims);
    expect(signature).toBe('');
  });

  it('hands out a token of the test', async () => {
    const { body } = (await get('/me', { token: 'token-1' }).expect(200)) as Answer;
    expect(body.token).toBe('token-1');
  });

  it('hands out a user of the application', async () => {
    const { body } = (await get('/me', { user: { id: 1 } }).expect(200)) as Answer;
    expect(body.claims).toEqual({ id: 1 });
  });

  it('rejects calls while there is no caller, as the real guard does', async () => {
    const { body, headers } = await get('/me').expect(401);
    expect(body).toMatchObject({ code: 'TOKEN_MISSING' });
    expect(headers['www-authenticate']).toBe('Bearer realm="default"');
  });

  it('lets public routes know the caller, if there is one', async () => {
    await get('/public', { username: 'ann' }).expect(200, { username: 'ann' });
    await get('/public').expect(200, {});
  });

  it.each<[string, KnownCaller, KnownCaller, number, string]>([
    ['/admins', { groups: ['admins'] }, { groups: ['editors'] }, 403, 'GROUPS_INSUFFICIENT'],
    ['/photos', { scopes: ['photos/read'] }, {}, 403, 'SCOPE_INSUFFICIENT'],
    ['/recent', {}, { claims: { auth_time: 1 } }, 401, 'AUTHENTICATION_INSUFFICIENT'],
    ['/strong', { claims: { acr: 'urn:cognito:loa:4' } }, {}, 401, 'AUTHENTICATION_INSUFFICIENT'],
    ['/profile', { tokenUse: 'id' }, { tokenUse: 'access' }, 401, 'TOKEN_USE_REFUSED'],
    ['/profile', {}, { clientCredentials: true }, 401, 'TOKEN_USE_REFUSED'],
    ['/staff', { pool: 'staff' }, { pool: 'default' }, 401, 'TOKEN_ISSUER_REFUSED'],
    ['/me', { pool: 'default' }, { pool: 'staff' }, 401, 'TOKEN_ISSUER_REFUSED'],
  ])('evaluates the decorators of %s: accepts %j, rejects %j', async (path, accepted, refused, status, code) => {
    await get(path, accepted).expect(200);
    const { body } = (await get(path, refused).expect(status)) as Answer;
    expect(body.code).toBe(code);
  });

  it('uses the kind of token and the pool that the handler accepts', async () => {
    await get('/profile', { username: 'ann' }).expect(200, { username: 'ann' });
    await get('/staff', {}).expect(200);
    const { body } = (await get('/me', { tokenUse: 'id' }).expect(200)) as Answer;
    expect(body.claims.token_use).toBe('id');
    expect(body.token).toBeUndefined();
  });

  it('replaces an application-wide guard that is registered with useExisting', async () => {
    const testing = await Test.createTestingModule({
      controllers: [MeController],
      providers: [CognitoAuthGuard, { provide: APP_GUARD, useExisting: CognitoAuthGuard }],
    })
      .overrideProvider(CognitoAuthGuard)
      .useValue(new KnownCallerGuard({ username: 'ann' }))
      .compile();
    const other = await testing.createNestApplication({ logger: false }).init();
    await request(other.getHttpServer()).get('/me').expect(200, { username: 'ann' });
    await other.close();
  });

  it('works as the README shows', async () => {
    // #region caller
    const guard = new KnownCallerGuard({ username: 'ann', groups: ['admins'] });
    const module = await Test.createTestingModule({ controllers: [GuardedController] })
      .overrideGuard(CognitoAuthGuard)
      .useValue(guard) // no token is read; @Groups and the other decorators still apply
      .compile();
    // #endregion
    const app = await module.createNestApplication().init();
    await request(app.getHttpServer()).get('/admins').expect(200);
    await app.close();
  });
});
