import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoService, CurrentUser, Groups, MandateModule } from 'mandate';
import { createAuthClient } from 'mandate/browser';
import { MandateAuthApiModule } from 'mandate/http';
import request from 'supertest';

import {
  amplify,
  type AmplifyService,
  ANN,
  PASSWORD,
  startAmplify,
} from '../../interop/aws-amplify/amplify-service.js';
import { get, RunningApps } from './running-app.js';

const { fetchTokens, signIn, signOut } = amplify;
const origin = 'https://app.example.com';
const sessionSecret = 'a secret of this test, with 32 characters or more';

@Controller('orders')
class OrdersController {
  @Get()
  list(@CurrentUser('username') username: string) {
    return { of: username };
  }
}

/** docs/migration/aws-amplify.md: Amplify, unmodified, in front of an API with this package. */
describe('aws-amplify', () => {
  const apps = new RunningApps();
  let service: AmplifyService;

  beforeAll(async () => {
    service = await startAmplify({ users: [ANN] });
  });

  afterAll(async () => {
    await apps.stop();
    await service.stop();
  });

  async function withAmplify() {
    const { userPoolId, clientId, ...embedded } = service.cognito.pool().moduleOptions({ client: 'public' });
    // #region guard
    @Controller('orders')
    class OrdersController {
      @Get()
      list(@CurrentUser('username') username: string) {
        return { of: username };
      }

      @Groups('admins')
      @Get('all')
      all() {
        return { of: 'everybody' };
      }
    }

    @Module({
      imports: [
        MandateModule.forRoot({
          userPoolId,
          clientId, // that of Amplify's configuration
          revocation: { askCognito: true }, // optional: signOut({ global: true }) then ends the tokens at once
          ...embedded, // for tests without AWS
        }),
      ],
      controllers: [OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    return apps.start(AppModule);
  }

  async function withSessions() {
    const { userPoolId, clientId, clientSecret, ...embedded } = service.cognito
      .pool()
      .moduleOptions({ client: 'secret' });
    // #region sessions
    @Module({
      imports: [
        MandateModule.forRoot({ userPoolId, clientId, clientSecret, ...embedded }),
        MandateAuthApiModule.forRoot({ delivery: 'cookie', session: { secret: sessionSecret, origin } }),
      ],
      controllers: [OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    return apps.start(AppModule);
  }

  it('gets tokens that the guard accepts, until it signs out everywhere', async () => {
    const app = await withAmplify();
    await signIn({ username: ANN.username, password: PASSWORD });
    const { accessToken, idToken } = await fetchTokens();
    await get(app, '/orders', accessToken?.jwt).expect(200, { of: 'ann' });
    await get(app, '/orders/all', accessToken?.jwt).expect(403);
    expect((await get(app, '/orders', idToken?.jwt).expect(401)).body.code).toBe('TOKEN_USE_REFUSED');
    await signOut({ global: true });
    // A guard that has asked before believes the answer for five seconds: this one has not.
    const other = await withAmplify();
    expect((await get(other, '/orders', accessToken?.jwt).expect(401)).body.code).toBe('TOKEN_REVOKED');
  });

  it('has functions whose counterparts in the table are there', async () => {
    const page = readFileSync(join(__dirname, '../../../docs/migration/aws-amplify.md'), 'utf8');
    const cells = (column: number) =>
      [...page.matchAll(/^\| `[\w.]+.*$/gm)].flatMap(([row]) =>
        [...(row.split('|')[column] ?? '').matchAll(/`([a-z]\w+)`/g)].map(([, name = '']) => name),
      );
    const cognito = (await withAmplify()).get(CognitoService);
    const client = createAuthClient({ delivery: 'cookie', baseUrl: `${origin}/auth` });
    expect(cells(2).filter((name) => !(name in cognito))).toEqual([]);
    expect(cells(3).filter((name) => !(name in client))).toEqual([]);
    // Its functions, without loading it here.
    const declared = readFileSync(
      join(__dirname, '../../../node_modules/@aws-amplify/auth/dist/esm/index.d.ts'),
      'utf8',
    );
    expect(cells(1).filter((name) => !new RegExp(`\\b${name}\\b`).test(declared))).toEqual([]);
    expect([1, 2, 3].map((column) => cells(column).length > 14)).toEqual([true, true, true]);
    client.close();
  });

  it('is replaced by a session of the server, without tokens in the browser', async () => {
    const app = await withSessions();
    const browser = request.agent(app.getHttpServer());
    const { body } = await browser
      .post('/auth/authenticate')
      .set({ origin, 'x-mandate-csrf': '1' })
      .send({ username: ANN.username, password: PASSWORD })
      .expect(200);
    expect(JSON.stringify(body)).not.toContain('eyJ');
  });
});
