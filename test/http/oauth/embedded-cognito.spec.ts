import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import Keyv from 'keyv';

import { bearerToken } from '../../../lib/auth/extractors/bearer-token.js';
import { type BrowserSessionOptions, browserSession, MandateOAuthModule } from '../../../lib/http/index.js';
import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { getTokenRevokerToken } from '../../../lib/module/injection-tokens.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { CognitoOAuthService } from '../../../lib/oauth/cognito-oauth.service.js';
import type { TokenRevoker } from '../../../lib/tokens/revocation/token-revoker.js';
import { CognitoClient } from '../../../lib/client/cognito-client.js';
import { CognitoService } from '../../../lib/user/cognito.service.js';
import { codeClient } from '../../local/oauth/support/oauth-service.js';
import { signingKeysPem } from '../../local/signing-keys.js';
import { TestClock } from '../../tokens/support/test-issuer.js';
import { Browser, OWN_PAGE } from '../support/browser.js';
import { FakeCognito, REDIRECT_URI } from '../support/fake-cognito.js';
import { NAVIGATION } from '../support/oauth-app.js';
import { HOUR, PagesController, SECRET } from '../support/session-app.js';

const LOGOUT_URI = 'https://app.example.com/bye';
const SCOPES = ['openid', 'email', 'aws.cognito.signin.user.admin'];
const PASSWORD = 'Correct-Horse-9';

describe.each(['express', 'fastify'] as const)('browser sessions with the embedded Cognito on %s', (platform) => {
  const clock = new TestClock(Math.floor(Date.now() / 1000) * 1000);
  let cognito: LocalCognito;
  const apps: INestApplication[] = [];

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      clock: clock.read,
      pools: [
        {
          name: 'default',
          keys: signingKeysPem(),
          clients: [
            {
              ...codeClient('web'),
              secret: true,
              AllowedOAuthScopes: SCOPES,
              CallbackURLs: [REDIRECT_URI],
              LogoutURLs: [LOGOUT_URI],
              ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
              RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
            },
          ],
          users: [{ username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } }],
        },
      ],
    });
  });

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  afterAll(() => cognito.stop());

  const start = async (session: Partial<BrowserSessionOptions> = {}) => {
    const options = cognito.pool().moduleOptions({ oauth: { redirectUri: REDIRECT_URI, logoutUri: LOGOUT_URI } });
    const testing = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot({
          ...options,
          oauth: { domain: '', ...options.oauth, scopes: SCOPES },
          clock: clock.read,
          extractors: [bearerToken(), browserSession()],
          revocation: { store: 'memory' },
        }),
        MandateOAuthModule.forRoot({ session: { secret: SECRET, keep: ['email'], ...session } }),
      ],
      controllers: [PagesController],
      providers: [{ provide: FakeCognito, useValue: {} }],
    }).compile();
    const app = testing.createNestApplication(platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    apps.push(app);
    return app;
  };

  const signIn = async (app: INestApplication) => {
    const browser = new Browser(app);
    const { headers } = await browser.get('/auth/login?returnTo=/orders', { headers: NAVIGATION });
    const callback = new URL(await cognito.oauthCode('ann', headers['location'] ?? ''));
    const path = callback.pathname + callback.search;
    const { status, text } = await browser.get(path, { headers: NAVIGATION });
    expect(text).toContain('url=/orders"');
    expect(status).toBe(200);
    return { browser, path };
  };

  it.each([
    ['sealed', () => ({})],
    ['stored', () => ({ store: new Keyv() })],
  ])('sign in, renew at the token endpoint with rotation and no grace, and log out: %s', async (_, options) => {
    const app = await start(options());
    const { browser } = await signIn(app);
    const byEndpoint = jest.spyOn(app.get(CognitoOAuthService), 'renewTokens');
    const byApi = jest.spyOn(app.get(CognitoClient), 'send');
    for (let i = 1; i <= 3; i += 1) {
      clock.advance(HOUR);
      const answers = await Promise.all(Array.from({ length: 10 }, async () => browser.get('/me')));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(answers[0]?.body.session.claims.email).toBe('ann@example.com');
      expect(byEndpoint).toHaveBeenCalledTimes(i);
    }
    expect(byApi.mock.calls.map(([operation]) => operation)).not.toContain('GetTokensFromRefreshToken');
    const copy = browser.at(app);
    const { body } = await browser.post('/auth/logout', { headers: OWN_PAGE });
    expect(body.url).toContain(`logout_uri=${encodeURIComponent(LOGOUT_URI)}`);
    expect((await copy.get('/me')).status).toBe(401);
  });

  it('completes a sign-in of an instance whose clock is ahead', async () => {
    const app = await start();
    const browser = new Browser(app);
    const { headers } = await browser.get('/auth/login', { headers: NAVIGATION });
    clock.advance(-2_000);
    const callback = new URL(await cognito.oauthCode('ann', headers['location'] ?? ''));
    const { status } = await browser.get(callback.pathname + callback.search, { headers: NAVIGATION });
    clock.advance(2_000);
    expect(status).toBe(200);
  });

  it('says that nobody is signed in once the guard refuses the tokens of the session', async () => {
    const app = await start();
    const { browser } = await signIn(app);
    const { sub } = (await browser.get('/auth/session')).body as { sub: string };
    clock.advance(1_000);
    await app.get<TokenRevoker>(getTokenRevokerToken()).revokeUser(sub);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await browser.get('/auth/session')).text).toBe('null');
  });

  it('accepts a callback once', async () => {
    const app = await start();
    const { browser, path } = await signIn(app);
    const other = new Browser(app);
    expect((await other.get(path)).status).toBe(400);
    await browser.post('/auth/logout', { headers: OWN_PAGE, body: { local: true } });
    const { status, text } = await browser.get(path);
    expect(status).toBe(400);
    expect(text).toContain('OAUTH_STATE_MISMATCH');
  });

  it('ends every sign-in of the user', async () => {
    const app = await start({ store: new Keyv() });
    const [{ browser: one }, { browser: two }] = [await signIn(app), await signIn(app)];
    const { status } = await one.post('/auth/logout', { headers: OWN_PAGE, body: { everywhere: true } });
    expect(status).toBe(200);
    expect((await two.get('/me')).status).toBe(401);
  });

  it('is told of a sign-out elsewhere when it renews', async () => {
    const app = await start();
    const { browser } = await signIn(app);
    const outcome = await app.get(CognitoService).authenticate({ username: 'ann', password: PASSWORD });
    if (outcome.status !== 'AUTHENTICATED') {
      throw new Error('Expected tokens.');
    }
    await app.get(CognitoService).logout(outcome.tokens.accessToken);
    clock.advance(HOUR);
    expect((await browser.get('/me')).status).toBe(401);
    expect(browser.jar.size).toBe(0);
  });
});
