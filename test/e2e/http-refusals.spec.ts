import { connect, type AddressInfo } from 'node:net';

import { Controller, type ExecutionContext, Get, type INestApplication, Injectable, UseGuards } from '@nestjs/common';
import request from 'supertest';

import type { AccessPolicy } from '../../lib/auth/access/access-policy.js';
import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { JwksServer } from '../tokens/support/jwks-server.js';
import { accessToken, idToken, jwks, NOW } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { DoorController, PLATFORMS, startApp } from './support/http-apps.js';

/** Selects a pool that nobody registered, which the start cannot foresee. */
@Injectable()
class WrongGuard extends CognitoAuthGuard {
  protected override policyOf(context: ExecutionContext): AccessPolicy {
    return { ...super.policyOf(context), pools: ['nobody'] };
  }
}

@Controller('wrong')
@UseGuards(WrongGuard)
class WrongController {
  @Get()
  @Public()
  nobody(): void {
    throw new Error('never reached');
  }
}

describe.each(PLATFORMS)('refusals over HTTP on %s', (platform) => {
  let app: INestApplication;

  beforeAll(async () => {
    app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, realm: 'Orders' })],
      controllers: [DoorController, WrongController],
    });
  });
  afterAll(() => app.close());

  const get = (path: string, authorization?: string) => {
    const call = request(app.getHttpServer()).get(path);
    return authorization === undefined ? call : call.set('Authorization', authorization);
  };

  it('names no error when no token was sent (RFC 6750, section 3.1)', async () => {
    const { status, body, headers } = await get('/me');
    expect(status).toBe(401);
    expect(body).toEqual({
      statusCode: 401,
      error: 'Unauthorized',
      code: 'TOKEN_MISSING',
      message: 'The request carries no token. Send one as "Authorization: Bearer <token>".',
    });
    expect(headers['www-authenticate']).toBe('Bearer realm="Orders"');
  });

  it.each(['Basic amFuZTpzZWNyZXQ=', 'Bearers abc', 'Digest x', 'jwt'])(
    'treats "%s" as no token, because the scheme is another',
    async (authorization) => {
      const { body, headers } = await get('/me', authorization);
      expect(body.code).toBe('TOKEN_MISSING');
      expect(headers['www-authenticate']).toBe('Bearer realm="Orders"');
    },
  );

  it.each(['Bearer', 'Bearer ', 'bearer  ', 'Bearer a b', 'Bearer "abc"', 'Bearer a,b', 'Bearer ä'])(
    'answers %j with 400 invalid_request (RFC 6750, section 3.1)',
    async (authorization) => {
      const { status, body, headers } = await get('/me', authorization);
      expect([status, body.code, body.error]).toEqual([400, 'REQUEST_MALFORMED', 'Bad Request']);
      expect(headers['www-authenticate']).toMatch(/^Bearer realm="Orders", error="invalid_request"/);
    },
  );

  it('denies an invalid token at a public route that rejects those as a guarded route does', async () => {
    for (const authorization of [
      'Bearer',
      `Bearer ${accessToken({ exp: 1 })}`,
      `Bearer ${idToken()}`,
      'Bearer a.b.c',
    ]) {
      const [guarded, open] = [await get('/me', authorization), await get('/optional', authorization)];
      expect([open.status, open.body]).toEqual([guarded.status, guarded.body]);
      expect(open.headers['www-authenticate']).toBe(guarded.headers['www-authenticate']);
      expect(open.status).toBeGreaterThanOrEqual(400);
    }
    await get('/optional').expect(200, { user: null });
    await get('/optional', 'Basic amFuZTpzZWNyZXQ=').expect(200, { user: null });
  });

  it.each(['bearer', 'BEARER', 'Bearer '])('takes the scheme "%s" too (RFC 9110, section 11.1)', async (scheme) => {
    await get('/me', `${scheme} ${accessToken()}`).expect(200);
  });

  it('answers invalid_token with the reason', async () => {
    const { status, body, headers } = await get('/me', `Bearer ${accessToken({ exp: 1 })}`);
    expect([status, body.code]).toEqual([401, 'TOKEN_EXPIRED']);
    expect(headers['www-authenticate']).toBe(
      'Bearer realm="Orders", error="invalid_token", error_description="The token has expired. Renew it or sign in again."',
    );
  });

  it('answers 403 insufficient_scope with the scope (RFC 6750, section 3.1)', async () => {
    const { status, body, headers } = await get('/write', `Bearer ${accessToken()}`);
    expect([status, body.code, body.error]).toEqual([403, 'SCOPE_INSUFFICIENT', 'Forbidden']);
    expect(headers['www-authenticate']).toContain('error="insufficient_scope"');
    expect(headers['www-authenticate']).toContain('scope="orders/write"');
  });

  it('answers 403 insufficient_scope for a missing group, without its name', async () => {
    const { status, body, headers } = await get('/staff', `Bearer ${accessToken()}`);
    expect([status, body.code, body.error]).toEqual([403, 'GROUPS_INSUFFICIENT', 'Forbidden']);
    expect(headers['www-authenticate']).toMatch(
      /^Bearer realm="Orders", error="insufficient_scope", error_description="[^"]+"$/,
    );
    expect(JSON.stringify([body, headers])).not.toMatch(/staff|admin/);
  });

  it('answers insufficient_user_authentication with the requirement (RFC 9470, section 3)', async () => {
    const old = await get('/recent', `Bearer ${accessToken({ auth_time: NOW / 1000 - 301 })}`);
    expect(old.status).toBe(401);
    expect(old.headers['www-authenticate']).toMatch(/error="insufficient_user_authentication".*, max_age="300"$/);

    const weak = await get('/strong', `Bearer ${accessToken()}`);
    expect(weak.status).toBe(401);
    expect(weak.headers['www-authenticate']).toMatch(
      /error="insufficient_user_authentication".*, acr_values="mfa passkey"$/,
    );
  });

  it('repeats no part of a token in the response', async () => {
    const token = idToken();
    const { text, headers } = await get('/me', `Bearer ${token}`);
    expect(text + JSON.stringify(headers)).not.toContain(token.slice(0, 30));
  });

  it('takes a route that names an unknown pool for a fault of its own, public or not', async () => {
    await get('/wrong', `Bearer ${accessToken()}`).expect(500);
  });

  it('leaves a header of 10 MB to node, and goes on', async () => {
    expect(
      await sendRaw(app, `GET /me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${'a'.repeat(10_000_000)}\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 431 /);
    await get('/me', `Bearer ${accessToken()}`).expect(200);
  });

  it('refuses the largest header that node lets through', async () => {
    const { status, body } = await get('/me', `Bearer ${'a'.repeat(15_000)}`);
    expect([status, body.code]).toEqual([401, 'TOKEN_MALFORMED']);
  });
});

describe.each(PLATFORMS)('the size of tokens over HTTP on %s', (platform) => {
  it('is limited by an option', async () => {
    const token = accessToken();
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, maxTokenLength: token.length })],
      controllers: [DoorController],
    });
    const get = (value: string) => request(app.getHttpServer()).get('/me').set('Authorization', `Bearer ${value}`);
    await get(token).expect(200);
    const { status, body } = await get(accessToken({ note: 'longer' }));
    expect([status, body.code]).toEqual([401, 'TOKEN_MALFORMED']);
    await app.close();
  });
});

describe.each(PLATFORMS)('an outage of the key set over HTTP on %s', (platform) => {
  it('is 503 with Retry-After and never 401, and ends with the outage', async () => {
    const server = await JwksServer.start(jwks());
    server.answer((_request, response) => response.writeHead(500).end());
    let now = NOW;
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, jwks: undefined, jwksUri: server.uri, clock: () => now })],
      controllers: [DoorController],
    });
    const get = (path: string) =>
      request(app.getHttpServer()).get(path).set('Authorization', `Bearer ${accessToken()}`);

    const { status, body, headers } = await get('/me');
    expect(status).toBe(503);
    expect(body).toMatchObject({ statusCode: 503, error: 'Service Unavailable', code: 'SIGNING_KEYS_UNAVAILABLE' });
    expect(headers['retry-after']).toBe('1');
    expect(headers['www-authenticate']).toBeUndefined();
    expect((await get('/open').expect(200)).body).toEqual({ user: null });
    // A token that could not be verified does not make the caller anonymous where invalid tokens are rejected.
    const rejecting = await get('/optional').expect(503);
    expect([rejecting.body.code, rejecting.headers['retry-after']]).toEqual(['SIGNING_KEYS_UNAVAILABLE', '1']);
    await request(app.getHttpServer()).get('/optional').expect(200, { user: null });

    server.serve(jwks());
    now += 1_000;
    await get('/me').expect(200);
    await app.close();
    await server.stop();
  });
});

/** Sends bytes as they are and reads until the other side ends. */
function sendRaw(app: INestApplication, text: string): Promise<string> {
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(answer);
    });
  });
}
