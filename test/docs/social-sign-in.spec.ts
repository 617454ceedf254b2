import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, MandateModule } from 'mandate';
import { type BrowserSession, browserSession, MandateOAuthModule, Session } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { Browser } from '../http/support/browser.js';
import { NAVIGATION } from '../http/support/oauth-app.js';
import { CookieBrowser } from '../local/oauth/support/browser.js';
import { signingKeysPem } from '../local/signing-keys.js';

const origin = 'https://app.example.com';
const sessionSecret = 'a secret of this test, with 32 characters';

@Controller('me')
class MeController {
  @Get()
  me(@Session() session: BrowserSession) {
    return session.claims;
  }
}

/** The application's own table of users. */
const accounts = new Map<string, unknown>();

/** The code of docs/how-to/social-sign-in.md. */
describe('docs/how-to/social-sign-in.md', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    // #region pool
    local = await LocalCognito.start({
      pools: [
        {
          name: 'web',
          identityProviders: [
            'Google', // or Facebook, LoginWithAmazon, SignInWithApple
            {
              ProviderName: 'Corp',
              ProviderType: 'SAML', // or OIDC; a real one with `ProviderDetails: { oidc_issuer, ... }`
              IdpIdentifiers: ['corp.example'],
              AttributeMapping: { email: 'mail', given_name: 'firstName' },
            },
          ],
          clients: [
            {
              name: 'backend',
              secret: true,
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['code'],
              AllowedOAuthScopes: ['openid', 'email', 'profile'],
              CallbackURLs: [`${origin}/auth/callback`],
              LogoutURLs: [`${origin}/`],
              SupportedIdentityProviders: ['COGNITO', 'Google', 'Corp'],
            },
          ],
          keys: signingKeysPem(), // spares the test half a second
        },
      ],
    });
    // #endregion
    const { endpoint: domain } = local;
    const options = local.pool('web').moduleOptions();
    @Module({
      imports: [
        MandateModule.forRoot({
          ...options,
          oauth: {
            domain,
            redirectUri: `${origin}/auth/callback`,
            logoutUri: `${origin}/`,
            scopes: ['openid', 'email', 'profile'],
          },
          extractors: [browserSession()],
          isGlobal: true,
        }),
        // #region module
        MandateOAuthModule.forRoot({
          session: { secret: sessionSecret, keep: ['email', 'given_name', 'identities'] },
          onLogin: ({ session }) => {
            accounts.set(session.sub, session.claims['email']); // the application's own user
          },
          retryLinkedUser: true,
        }),
        // #endregion
      ],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication({ logger: false });
    await app.listen(0, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  /** Follows a link to the login, and fills in the page of the provider. */
  async function signIn(link: string, fields: Record<string, string>) {
    const page = new Browser(app);
    const started = await page.get(link, { headers: NAVIGATION });
    const browser = new CookieBrowser(local.endpoint);
    const form = await browser.follow(await browser.get(started.headers['location'] ?? ''));
    const callback = await browser.follow(await browser.submit(form, fields, form.forms.length - 1));
    const { pathname, search } = new URL(callback.location ?? '');
    const { status } = await page.get(pathname + search, { headers: NAVIGATION });
    return { status, claims: async () => (await page.get('/me')).body as Record<string, unknown> };
  }

  it('signs in with Google, and starts a session like any other', async () => {
    const { claims, status } = await signIn('/auth/login?identity_provider=Google', {
      outcome: 'allow',
      email: 'bob@example.com',
    });
    expect(status).toBe(200);
    const { sub, ...others } = await claims();
    expect(others).toMatchObject({ email: 'bob@example.com', identities: [{ providerName: 'Google' }] });
    expect([...accounts]).toEqual([[sub, 'bob@example.com']]);
  });

  it('finds a provider by the domain of the address, and maps its claims', async () => {
    const { claims } = await signIn('/auth/login?idp_identifier=corp.example', {
      outcome: 'allow',
      sub: 'cid',
      claims: JSON.stringify({ mail: 'cid@corp.example', firstName: 'Cid' }),
    });
    expect(await claims()).toMatchObject({ email: 'cid@corp.example', given_name: 'Cid' });
  });

  it('tells that the person has refused', async () => {
    const { status } = await signIn('/auth/login?identity_provider=Google', { outcome: 'deny' });
    expect(status).toBe(403);
  });
});
