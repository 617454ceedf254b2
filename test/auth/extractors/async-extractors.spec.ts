import { type INestApplication, Controller, Get, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import {
  AccessToken,
  CognitoAuthGuard,
  CurrentUser,
  MandateError,
  MandateModule,
  Pool,
  Public,
  type TokenExtractor,
  UserPools,
} from '../../../lib/index.js';

import {
  accessKey,
  accessToken,
  CLIENT_ID,
  idKey,
  ISSUER,
  jwks,
  NOW,
  POOL_ID,
} from '../../tokens/support/test-issuer.js';

/** Sessions that another process keeps: the cookie names one, a look-up finds its token. */
const sessions = new Map<string, string>();

const lookedUp: TokenExtractor = async ({ headers }) => {
  await Promise.resolve();
  const id = headers['x-session'];
  if (id === 'down') {
    throw new MandateError('SERVICE_UNAVAILABLE', 'The sessions cannot be read. Try again later.');
  }
  return sessions.get(String(id));
};

@Controller()
@UseGuards(CognitoAuthGuard)
class MeController {
  @Get('me')
  me(@CurrentUser('sub') sub: string, @AccessToken() token: string): object {
    return { sub, token };
  }

  @Get('public')
  @Public({ onInvalidToken: 'reject' })
  greeting(@CurrentUser('sub') sub: string | undefined): object {
    return { sub: sub ?? null };
  }

  @Get('either')
  @Pool('default', 'staff')
  either(@CurrentUser('sub') sub: string): object {
    return { sub };
  }
}

@Controller('passport')
@UseGuards(AuthGuard('cognito'))
class PassportController {
  @Get()
  me(@AccessToken() token: string): object {
    return { token };
  }
}

describe('an extractor that returns a promise', () => {
  const token = accessToken();
  const options = {
    userPoolId: POOL_ID,
    clientId: CLIENT_ID,
    issuer: ISSUER,
    jwks: jwks(accessKey, idKey),
    clock: () => NOW,
  };
  let app: INestApplication;

  beforeAll(async () => {
    sessions.set('ann', token);
    sessions.set('forged', `${token.slice(0, -6)}AAAAAA`);
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot({ ...options, extractors: [lookedUp] }),
        MandateModule.forRoot({ ...options, clientId: 'staff', name: 'staff', extractors: [lookedUp] }),
      ],
      controllers: [MeController, PassportController],
    }).compile();
    app = module.createNestApplication();
    await app.init();
  });

  afterAll(async () => app.close());

  const get = (path: string, session?: string) =>
    request(app.getHttpServer())
      .get(path)
      .set(session === undefined ? {} : { 'x-session': session });

  it('admits the caller, also from several pools and through passport', async () => {
    const sub = expect.any(String);
    await get('/me', 'ann')
      .expect(200)
      .expect(({ body }) => {
        expect(body).toEqual({ sub, token });
      });
    await get('/either', 'ann')
      .expect(200)
      .expect(({ body }) => {
        expect(body).toEqual({ sub });
      });
    await get('/public', 'ann')
      .expect(200)
      .expect(({ body }) => {
        expect(body).toEqual({ sub });
      });
    await get('/passport', 'ann').expect(200, { token });
  });

  it.each(['/me', '/either', '/passport'])('denies what has no token, or a bad one: %s', async (path) => {
    await get(path).expect(401);
    await get(path, 'nobody').expect(401);
    await get(path, 'forged').expect(401);
  });

  it('leaves a public route to a caller without a token, and to no other', async () => {
    await get('/public').expect(200, { sub: null });
    await get('/public', 'nobody').expect(200, { sub: null });
    await get('/public', 'forged').expect(401);
  });

  it.each(['/me', '/either', '/public', '/passport'])('answers with the status of its own error: %s', async (path) => {
    await get(path, 'down').expect(503);
  });
});

describe('UserPools.attachSessions', () => {
  const pool = { extractors: [], clock: Date.now, verifier: {} } as unknown as Parameters<UserPools['register']>[1];

  it('gives a pool its sessions once', () => {
    const pools = new UserPools();
    pools.register('staff', pool);
    const sessions = { accessTokenOf: () => undefined };
    pools.attachSessions('staff', sessions);
    expect(pools.get('staff').sessions).toBe(sessions);
    expect(() => {
      pools.attachSessions(undefined, sessions);
    }).toThrow('must name a pool without browser sessions, but two modules bring sessions for "staff"');
    expect(() => {
      pools.attachSessions('customers', sessions);
    }).toThrow('must name a registered user pool, not "customers"');
  });
});
