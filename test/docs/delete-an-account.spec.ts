import { Controller, Get, type INestApplication, Injectable, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CognitoService, CurrentUser, MandateModule, MaxAge } from 'mandate';
import { type AuthApiCall, DeleteMeHandler, MandateAuthApiModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { BrowserPage } from './support/browser-page.js';
import { signIn } from './support/sign-in.js';

const origin = 'https://app.example.com';
const sessionSecret = 'a secret of this test, with 32 characters';
const users = ['ann', 'bob'].map((username) => ({ username, password: 'Correct-Horse-9' }));
const [ann = { username: '', password: '' }, bob = ann] = users;

/** The application's own data. */
@Injectable()
class Orders {
  readonly byOwner = new Map([['ann', 3]]);

  async deleteOf(owner: string): Promise<void> {
    await Promise.resolve(this.byOwner.delete(owner));
  }
}

@Module({ providers: [Orders], exports: [Orders] })
class OrdersModule {}

// #region handler
@Injectable()
export class DeleteEverythingHandler extends DeleteMeHandler {
  constructor(private readonly orders: Orders) {
    super();
  }

  override async handle(input: object, call: AuthApiCall) {
    await this.orders.deleteOf(call.username ?? ''); // first: afterwards nobody can ask for it again
    await super.handle(input, call);
  }
}
// #endregion

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}

/** The code of docs/how-to/delete-an-account.md. */
describe('docs/how-to/delete-an-account.md', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem(), users }] });
    const module = await Test.createTestingModule({
      imports: [
        OrdersModule,
        MandateModule.forRoot({ ...local.pool('users').moduleOptions(), revocation: { store: 'memory' } }),
        // #region module
        MandateAuthApiModule.forRoot({
          delivery: 'cookie',
          session: { secret: sessionSecret, origin },
          imports: [OrdersModule],
          handlers: { deleteMe: DeleteEverythingHandler },
          // A sign-in within five minutes, else 401.
          decorators: (route) => (route === 'deleteMe' ? [MaxAge(300)] : []),
        }),
        // #endregion
      ],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    }).compile();
    app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  it('deletes the data of the application, the account and the session', async () => {
    const page = new BrowserPage(app, origin);
    const headers = { 'content-type': 'application/json', 'x-mandate-csrf': '1' };
    await page.fetch('/auth/authenticate', { method: 'POST', headers, body: JSON.stringify(ann) });
    expect((await page.fetch('/me')).status).toBe(200);
    expect((await page.fetch('/auth/me', { method: 'DELETE', headers })).status).toBe(204);
    expect((await page.fetch('/me')).status).toBe(401);
    expect([...app.get(Orders, { strict: false }).byOwner]).toEqual([]);
    await expect(app.get(CognitoService).authenticate(ann)).rejects.toThrow();
  });

  it('asks for a fresh sign-in', async () => {
    const authTime = Math.floor(Date.now() / 1_000) - 600;
    const token = await local.pool('users').signToken({ username: 'bob', claims: { auth_time: authTime } });
    const response = await fetch(`${await app.getUrl()}/auth/me`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'AUTHENTICATION_INSUFFICIENT' }]);
  });

  it('deletes the account by the service', async () => {
    const cognito = app.get(CognitoService);
    const { accessToken } = await signIn(cognito, bob);
    // #region service
    await cognito.deleteUser(accessToken);
    // #endregion
    await expect(cognito.getUser(accessToken)).rejects.toThrow();
    const response = await fetch(`${await app.getUrl()}/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'TOKEN_REVOKED' }]);
  });
});
