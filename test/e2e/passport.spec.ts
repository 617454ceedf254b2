import { type CanActivate, Controller, Get, Injectable, UseFilters, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import request from 'supertest';

import { CognitoExceptionFilter } from '../../lib/auth/cognito-exception.filter.js';
import { AccessToken } from '../../lib/auth/decorators/access-token.decorator.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { JwksServer } from '../tokens/support/jwks-server.js';
import { accessToken, idToken, jwks, NOW, POOL_ID } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

const STAFF_ISSUER = 'https://staff.example';

/** A guard of the application that tells why passport refused. */
@Injectable()
class TellingGuard extends AuthGuard('cognito') implements CanActivate {
  override handleRequest<T>(error: unknown, user: T | false, info: unknown): T {
    if (user === false || error !== null) {
      throw error ?? info;
    }
    return user;
  }
}

@Controller()
@UseFilters(CognitoExceptionFilter)
class PassportController {
  @Get('plain')
  @UseGuards(AuthGuard('cognito'))
  plain(@CurrentUser('sub') sub: string, @AccessToken() token?: string) {
    return { sub, hasToken: token !== undefined };
  }

  @Get('telling')
  @UseGuards(TellingGuard)
  telling(@CurrentUser('sub') sub: string) {
    return { sub };
  }

  @Get('staff')
  @UseGuards(AuthGuard('cognito:staff'))
  staff(@CurrentUser('iss') iss: string) {
    return { iss };
  }
}

describe.each(PLATFORMS)('the passport strategy on %s', (platform) => {
  it('verifies with the same verifier as the guard, per pool', async () => {
    const app = await startApp(platform, {
      imports: [
        MandateModule.forRoot(poolOptions),
        MandateModule.forRoot({ ...poolOptions, name: 'staff', issuer: STAFF_ISSUER, userPoolId: `${POOL_ID}9` }),
      ],
      controllers: [PassportController],
    });
    const get = (path: string, token?: string) => {
      const call = request(app.getHttpServer()).get(path);
      return token === undefined ? call : call.set('Authorization', `Bearer ${token}`);
    };

    const { body } = await get('/plain', accessToken()).expect(200);
    expect(body).toEqual({ sub: '7d8ca528-4931-4254-9273-ea5ee853f271', hasToken: true });
    await get('/plain', accessToken()).expect(200);
    await get('/plain').expect(401);
    await get('/plain', idToken()).expect(401);
    await get('/plain', accessToken({ exp: NOW / 1000 })).expect(401);

    expect((await get('/telling', accessToken({ exp: 1 })).expect(401)).body).toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect((await get('/telling').expect(401)).body).toMatchObject({ code: 'TOKEN_MISSING' });

    await get('/staff', accessToken({ iss: STAFF_ISSUER })).expect(200, { iss: STAFF_ISSUER });
    await get('/staff', accessToken()).expect(401);
    await get('/plain', accessToken({ iss: STAFF_ISSUER })).expect(401);
    await app.close();
  });

  it('tells the observer of each refusal once', async () => {
    const events: TokenEvent[] = [];
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, onTokenEvent: (event) => events.push(event) })],
      controllers: [PassportController],
    });
    const get = (authorization: string) =>
      request(app.getHttpServer()).get('/plain').set('Authorization', authorization);
    await get('Basic abc').expect(401);
    const malformed = await get('Bearer').expect(400);
    expect(malformed.body).toMatchObject({ statusCode: 400, error: 'Bad Request', code: 'REQUEST_MALFORMED' });
    expect(malformed.headers['www-authenticate']).toMatch(/^Bearer realm="default", error="invalid_request"/);
    await get(`Bearer ${accessToken({ exp: 1 })}`).expect(401);
    expect(events).toMatchObject([
      { type: 'access-denied', pool: 'default', code: 'TOKEN_MISSING' },
      { type: 'access-denied', pool: 'default', code: 'REQUEST_MALFORMED' },
      { type: 'token-rejected', pool: 'default', code: 'TOKEN_EXPIRED' },
    ]);
    await app.close();
  });

  it('takes an outage of the key set for an outage, not for a bad token', async () => {
    const server = await JwksServer.start(jwks());
    server.answer((_request, response) => response.writeHead(500).end());
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, jwks: undefined, jwksUri: server.uri })],
      controllers: [PassportController],
    });
    const { status, body } = await request(app.getHttpServer())
      .get('/plain')
      .set('Authorization', `Bearer ${accessToken()}`);
    expect([status, body.code]).toEqual([503, 'SIGNING_KEYS_UNAVAILABLE']);
    await app.close();
    await server.stop();
  });
});
