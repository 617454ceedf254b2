import { Controller, Get, type INestApplication, Module, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CurrentUser, MandateModule } from 'mandate';
import { AuthClientError, createAuthClient, type SessionEnd, type TokenSet } from 'mandate/browser';
import { MandateAuthApiModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { authenticatorCode } from '../support/authenticator-app.js';
import { BrowserPage } from './support/browser-page.js';

/** The code of docs/how-to/browser-client.md, against the auth API. */
const origin = 'https://app.example.com';
const username = 'ann';
const password = 'Temporary-Horse-9';

@Controller('orders')
class OrdersController {
  @Get()
  list(@CurrentUser('username') owner: string) {
    return { owner };
  }

  @Post()
  place(@CurrentUser('username') owner: string) {
    return { owner, placed: true };
  }
}

describe('docs/how-to/browser-client.md', () => {
  let local: LocalCognito;
  let app: INestApplication;
  let page: BrowserPage;
  const { fetch } = globalThis;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'users',
          keys: signingKeysPem(),
          mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
          clients: [{ name: 'web', PreventUserExistenceErrors: 'ENABLED' }],
          users: [{ username, password, status: 'FORCE_CHANGE_PASSWORD', attributes: { email: 'ann@example.com' } }],
        },
      ],
    });
    const pool = local.pool('users').moduleOptions();
    @Module({
      imports: [
        MandateModule.forRoot(pool),
        MandateAuthApiModule.forRoot({
          delivery: 'cookie',
          session: { secret: 'a secret of this test, with 32 characters', origin },
        }),
        MandateAuthApiModule.forRoot({ delivery: 'body', prefix: 'mobile' }),
      ],
      controllers: [OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    page = new BrowserPage(app, origin);
    Object.assign(globalThis, { location: { href: `${origin}/` } });
  });

  beforeEach(() => {
    globalThis.fetch = page.fetch;
  });

  afterEach(() => {
    globalThis.fetch = fetch;
  });

  afterAll(async () => {
    Reflect.deleteProperty(globalThis, 'location');
    await app.close();
    await local.stop();
  });

  let otpauthUri = '';
  const showQrCode = (uri: string) => (otpauthUri = uri);

  it('walks through every challenge of a first sign-in, and calls the API of the application', async () => {
    const asked: (string | undefined)[] = [];
    const answers = ['Correct-Horse-9', '000000'];
    const ask = (text: string, refusal?: string): Promise<string> => {
      asked.push(text, refusal);
      return Promise.resolve(answers.shift() ?? authenticatorCode(otpauthUri, Date.now()));
    };
    const ends: SessionEnd[] = [];
    const showSignIn = (end: SessionEnd) => ends.push(end);
    // #region client
    const auth = createAuthClient({ onSessionEnded: showSignIn });
    const { session } = await auth.signIn(
      { username, password },
      {
        onChallenge: async (challenge) => {
          switch (challenge.name) {
            case 'NEW_PASSWORD_REQUIRED':
              return challenge.answer({ password: await ask('New password', challenge.error?.message) });
            case 'MFA_SETUP':
              if (!challenge.error) showQrCode((await challenge.setUpTotp()).otpauthUri);
              return challenge.answer({ code: await ask('Code of the app', challenge.error?.message) });
            case 'SOFTWARE_TOKEN_MFA':
            case 'EMAIL_OTP':
              return challenge.answer({ code: await ask('Code', challenge.error?.message) });
            default:
              return undefined; // signIn rejects with CHALLENGE_UNANSWERED
          }
        },
      },
    );
    const orders = await auth.fetch('/orders', { method: 'POST' }); // with the header against forged requests
    // #endregion
    expect(asked).toEqual([
      'New password',
      undefined,
      'Code of the app',
      undefined,
      'Code of the app',
      expect.any(String),
    ]);
    expect(session.sub).toEqual(expect.any(String));
    await expect(orders.json()).resolves.toEqual({ owner: 'ann', placed: true });
    expect(ends).toEqual([]);
    await auth.logout();
    expect(ends).toEqual([{ reason: 'signed-out' }]);
    auth.close();
  });

  it('tells a wrong password from a lost connection', async () => {
    const messages: string[] = [];
    const show = (text: string) => messages.push(text);
    const auth = createAuthClient();
    const attempt = async () => {
      // #region errors
      try {
        await auth.signIn({ username, password });
      } catch (error) {
        if (!(error instanceof AuthClientError)) throw error;
        switch (error.code) {
          case 'CREDENTIALS_INVALID':
            return show('Username or password is wrong.');
          case 'REQUESTS_THROTTLED':
            return show(`Try again in ${String(error.retryAfter)} seconds.`);
          case 'NETWORK_FAILED':
            return show('You seem to be offline.');
          default:
            return show(error.message);
        }
      }
      // #endregion
      return undefined;
    };
    await attempt();
    globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
    await attempt();
    expect(messages).toEqual(['Username or password is wrong.', 'You seem to be offline.']);
    auth.close();
  });

  it('keeps tokens where a mobile application says', async () => {
    const vault = new Map<string, string>();
    // #region body
    const auth = createAuthClient({
      delivery: 'body',
      baseUrl: 'https://app.example.com/mobile',
      tokens: {
        load: () => JSON.parse(vault.get('tokens') ?? 'null') as TokenSet | null, // vault: your device's protected store
        save: (tokens) => void vault.set('tokens', JSON.stringify(tokens)),
        clear: () => void vault.delete('tokens'),
      },
    });
    // #endregion
    const now = Date.now() + 30_000;
    local.pool('users').createUser({ username: 'bob', password: 'Correct-Horse-9' });
    await auth.signIn(
      { username: 'bob', password: 'Correct-Horse-9' },
      {
        onChallenge: async (challenge) => {
          if (challenge.name !== 'MFA_SETUP') return undefined;
          const uri = (await challenge.setUpTotp()).otpauthUri;
          return challenge.answer({ code: authenticatorCode(uri, now) });
        },
      },
    );
    const response = await auth.fetch('https://app.example.com/orders');
    await expect(response.json()).resolves.toEqual({ owner: 'bob' });
    expect(JSON.parse(vault.get('tokens') ?? '')).toMatchObject({ tokenType: 'Bearer' });
    await auth.logout();
    expect(vault.size).toBe(0);
    auth.close();
  });
});
