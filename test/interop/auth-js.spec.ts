import { signInThrough } from '../local/federation/federation-service.js';
import { CookieBrowser, type Visit } from '../local/oauth/support/browser.js';
import { codeClient, type OAuthService, signIn, startOAuthService } from '../local/oauth/support/oauth-service.js';

// Its type declarations bring those of browsers, which contradict Node's.
const { Auth } = jest.requireActual<{ Auth: (request: Request, config: object) => Promise<Response> }>('@auth/core');
const { default: Cognito } = jest.requireActual<{ default: (options: object) => object }>(
  '@auth/core/providers/cognito',
);

const APPLICATION = 'http://localhost:3000';
const CALLBACK = `${APPLICATION}/auth/callback/cognito`;

type Check = 'pkce' | 'nonce';

/** An application that signs in by Auth.js, unmodified, as a browser sees it. */
class AuthJsApplication {
  private readonly cookies = new Map<string, string>();
  private readonly config: object;

  constructor(issuer: string, clientId: string, checks?: Check[]) {
    this.config = {
      providers: [
        Cognito({
          issuer,
          clientId,
          clientSecret: '',
          client: { token_endpoint_auth_method: 'none' },
          ...(checks && { checks }),
        }),
      ],
      secret: 'a-secret-of-this-test',
      trustHost: true,
      basePath: '/auth',
      logger: { error: () => undefined, warn: () => undefined },
    };
  }

  /** Starts a sign-in. @returns the URL of Cognito. */
  async start(): Promise<string> {
    const { csrfToken } = (await (await this.call('/auth/csrf')).json()) as { csrfToken: string };
    const response = await this.call('/auth/signin/cognito', { csrfToken });
    return response.headers.get('location') ?? '';
  }

  /** Ends a sign-in. @returns the e-mail address of the session. */
  async finish(callback: Visit): Promise<string | undefined> {
    await this.call(callback.location ?? '');
    const session = (await (await this.call('/auth/session')).json()) as { user?: { email?: string } } | null;
    return session?.user?.email;
  }

  private async call(path: string, form?: Record<string, string>): Promise<Response> {
    const request = new Request(new URL(path, APPLICATION), {
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && { method: 'POST', body: new URLSearchParams(form).toString() }),
    });
    const response = await Auth(request, this.config);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}

describe('Auth.js and its Cognito provider', () => {
  let service: OAuthService;

  beforeEach(async () => {
    service = await startOAuthService({
      identityProviders: ['Google'],
      clients: [codeClient('web', { CallbackURLs: [CALLBACK], SupportedIdentityProviders: ['COGNITO', 'Google'] })],
    });
  });

  afterEach(() => service.stop());

  const application = (checks?: Check[]) =>
    new AuthJsApplication(service.cognito.pool().issuer, service.clientId(), checks);

  async function throughGoogle(app: AuthJsApplication): Promise<string | undefined> {
    const browser = new CookieBrowser(service.origin);
    const url = new URL(await app.start());
    const parameters = { ...Object.fromEntries(url.searchParams) };
    const absent = url.searchParams.has('nonce') ? {} : { nonce: undefined };
    const visit = await signInThrough(service, 'Google', undefined, { ...parameters, ...absent }, browser);
    return app.finish(visit);
  }

  it.each<[string, Check[] | undefined]>([
    ['by default', undefined],
    ['with a nonce', ['pkce', 'nonce']],
  ])('sign in a user of the pool %s', async (_case, checks) => {
    const app = application(checks);
    const visit = await signIn(service.browser(), await app.start());
    await expect(app.finish(visit)).resolves.toBe('ann@example.com');
  });

  it('fail at the first sign-in of a federated user without a nonce, and pass at the second', async () => {
    const app = application();
    await expect(throughGoogle(app)).resolves.toBeUndefined();
    await expect(throughGoogle(app)).resolves.toBe('ann@example.com');
  });

  it('sign in a federated user at once with a nonce', async () => {
    await expect(throughGoogle(application(['pkce', 'nonce']))).resolves.toBe('ann@example.com');
  });
});
