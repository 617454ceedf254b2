import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { bearerToken, CognitoAuthGuard, CurrentUser, MandateModule } from 'mandate';
import { browserSession, MandateOAuthModule } from 'mandate/http';
import request from 'supertest';

import { codeClient, type OAuthService, signIn, startOAuthService } from '../../local/oauth/support/oauth-service.js';
import { get, RunningApps } from './running-app.js';

// Its type declarations bring those of browsers, which contradict Node's.
const { Auth } = jest.requireActual<{ Auth: (request: Request, config: object) => Promise<Response> }>('@auth/core');
const { default: Cognito } = jest.requireActual<{ default: (options: object) => object }>(
  '@auth/core/providers/cognito',
);

const origin = 'http://localhost:3000';
const sessionSecret = 'a secret of this test, with 32 characters or more';

interface Account {
  readonly access_token: string;
}

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}

/** docs/migration/auth-js-and-better-auth.md: Auth.js signs in, an API with this package accepts its access token. */
describe('Auth.js', () => {
  const apps = new RunningApps();
  let service: OAuthService;

  beforeAll(async () => {
    const callbacks = [`${origin}/auth/callback/cognito`, `${origin}/auth/callback`];
    service = await startOAuthService({
      clients: [
        codeClient('next', { CallbackURLs: callbacks }),
        codeClient('nest', { CallbackURLs: callbacks, LogoutURLs: [`${origin}/`], secret: true }),
      ],
    });
  });

  afterAll(async () => {
    await apps.stop();
    await service.stop();
  });

  function configuration() {
    const { issuer } = service.cognito.pool();
    const clientId = service.clientId('next');
    return {
      // #region keep
      providers: [Cognito({ issuer, clientId, clientSecret: '', client: { token_endpoint_auth_method: 'none' } })],
      callbacks: {
        // `account` is there at the sign-in only.
        jwt: ({ token, account }: { token: object; account?: Account }) =>
          account ? { ...token, accessToken: account.access_token } : token,
        session: ({ session, token }: { session: object; token: { accessToken?: string } }) => ({
          ...session,
          accessToken: token.accessToken,
        }),
      },
      // #endregion
      secret: sessionSecret,
      trustHost: true,
      basePath: '/auth',
    };
  }

  /** Signs in by Auth.js as a browser does. */
  async function accessTokenOfAuthJs(): Promise<string> {
    const cookies = new Map<string, string>();
    const call = async (path: string, form?: Record<string, string>) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const method = form && { method: 'POST', body: new URLSearchParams(form) };
      const response = await Auth(
        new Request(new URL(path, origin), { headers: { cookie }, ...method }),
        configuration(),
      );
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return response;
    };
    const { csrfToken } = (await (await call('/auth/csrf')).json()) as { csrfToken: string };
    const started = await call('/auth/signin/cognito', { csrfToken });
    const visit = await signIn(service.browser(), started.headers.get('location') ?? '');
    await call(visit.location ?? '');
    const session = (await (await call('/auth/session')).json()) as { accessToken?: string };
    return session.accessToken ?? '';
  }

  it('gets an access token that the API accepts', async () => {
    const { userPoolId, ...embedded } = service.cognito.pool().moduleOptions({ client: 'next' });
    const app = await apps.start({
      imports: [MandateModule.forRoot({ userPoolId, ...embedded })],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    await get(app, '/me', await accessTokenOfAuthJs()).expect(200, { username: 'ann' });
    await get(app, '/me').expect(401);
  });

  it('is replaced by routes of the Nest application', async () => {
    const { userPoolId, clientId, clientSecret, oauth, ...embedded } = service.cognito.pool().moduleOptions({
      client: 'nest',
      oauth: { redirectUri: `${origin}/auth/callback`, logoutUri: `${origin}/` },
    });
    const domain = oauth?.domain ?? '';
    // #region replace
    @Module({
      imports: [
        MandateModule.forRoot({
          userPoolId,
          clientId,
          clientSecret,
          oauth: { domain, redirectUri: `${origin}/auth/callback`, logoutUri: `${origin}/` },
          extractors: [bearerToken(), browserSession()],
          isGlobal: true,
          ...embedded, // for tests without AWS
        }),
        // GET /auth/login, GET /auth/callback, POST /auth/logout, GET /auth/session
        MandateOAuthModule.forRoot({ session: { secret: sessionSecret, cookie: { insecureLocalhost: true } } }),
      ],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    const app = await apps.start(AppModule);
    const browser = request.agent(app.getHttpServer());
    const login = await browser.get('/auth/login').set('host', 'localhost:3000').expect(303);
    const visit = await signIn(service.browser(), String(login.headers['location']));
    const { pathname, search } = new URL(visit.location ?? '');
    const callback = await browser
      .get(pathname + search)
      .set({ host: 'localhost:3000', cookie: cookiesOf(login.headers['set-cookie']) })
      .expect(200);
    const cookie = cookiesOf(callback.headers['set-cookie']);
    await request(app.getHttpServer()).get('/me').set('cookie', cookie).expect(200, { username: 'ann' });
  });
});

/** What a browser sends back. */
function cookiesOf(lines: unknown): string {
  return (lines as string[]).map((line) => line.replace(/;.*/, '')).join('; ');
}
