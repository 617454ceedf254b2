import { createHash } from 'node:crypto';

import type { LocalClientOptions, LocalCognitoOptions, LocalPoolOptions } from '../../../../lib/testing/index.js';
import { type LocalService, startLocalService } from '../../local-service.js';
import { CookieBrowser, type Visit } from './browser.js';

/** Where the test's application is. Nothing listens there. */
export const CALLBACK = 'http://localhost:3000/callback';
export const LOGOUT = 'http://localhost:3000/bye';
export const PASSWORD = 'Correct-Horse-9';
export const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-0';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const STANDARD_SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** A client of the code flow. */
export function codeClient(name: string, more: Partial<LocalClientOptions> = {}): LocalClientOptions {
  return {
    name,
    CallbackURLs: [CALLBACK],
    LogoutURLs: [LOGOUT],
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: [...STANDARD_SCOPES, 'api/read', 'api/write'],
    AllowedOAuthFlowsUserPoolClient: true,
    SupportedIdentityProviders: ['COGNITO'],
    ...more,
  };
}

/** A service whose application signs in by managed login. */
export interface OAuthService extends LocalService {
  readonly origin: string;
  /** A browser that nobody has signed in at. */
  readonly browser: () => CookieBrowser;
  /** The URL of the authorization request of a client; a parameter that is undefined is left out. */
  readonly authorizeUrl: (parameters?: Record<string, string | undefined>, clientName?: string) => string;
  readonly clientId: (name?: string) => string;
  /** Calls the token endpoint. */
  readonly token: (parameters: Record<string, string>, headers?: Record<string, string>) => Promise<TokenAnswer>;
}

/** An answer of the token endpoint or of another that speaks JSON. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, string | number>;
}

/** A pool with one user, `ann`, and the clients `web` (code), `spa` (implicit), `secret` (code, with a secret). */
export function oauthPool(more: Partial<LocalPoolOptions> = {}): LocalPoolOptions {
  return {
    name: 'default',
    clients: [
      codeClient('web'),
      codeClient('spa', { AllowedOAuthFlows: ['code', 'implicit'] }),
      codeClient('secret', { secret: true }),
    ],
    users: [{ username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com', name: 'Ann' } }],
    ...more,
  };
}

/** Starts a service. */
export async function startOAuthService(
  pool: Partial<LocalPoolOptions> = {},
  options: Partial<LocalCognitoOptions> = {},
): Promise<OAuthService> {
  const service = await startLocalService({ pools: [oauthPool(pool)], ...options });
  const origin = service.cognito.endpoint;
  const clientId = (name = 'web') => service.cognito.pool().client(name).id;
  return {
    ...service,
    origin,
    clientId,
    browser: () => new CookieBrowser(origin),
    authorizeUrl: (parameters = {}, clientName = 'web') => {
      const all = {
        ...{ client_id: clientId(clientName), response_type: 'code', redirect_uri: CALLBACK },
        ...{ scope: 'openid email', state: 'st-1', nonce: 'n-1' },
        ...parameters,
      };
      const given = Object.entries<string | undefined>(all).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      return `${origin}/oauth2/authorize?${new URLSearchParams(given).toString()}`;
    },
    token: async (parameters, headers = {}) => {
      const response = await fetch(`${origin}/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams(parameters),
        headers,
      });
      const text = await response.text();
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, string | number>;
      return { status: response.status, headers: response.headers, body };
    },
  };
}

/** Signs in by the pages, up to the redirect back to the application or a page that asks for more. */
export async function signIn(
  browser: CookieBrowser,
  url: string,
  username = 'ann',
  password = PASSWORD,
): Promise<Visit> {
  const page = await browser.follow(await browser.get(url));
  return browser.follow(await browser.submit(page, { username, password }));
}

/** Signs in and redeems the code. */
export async function signInForTokens(
  service: OAuthService,
  parameters: Record<string, string> = {},
  browser = service.browser(),
): Promise<Record<string, string>> {
  const visit = await signIn(browser, service.authorizeUrl(parameters));
  const { code = '' } = visit.callback;
  const answer = await service.token({
    ...{ grant_type: 'authorization_code', client_id: service.clientId(), redirect_uri: CALLBACK, code },
  });
  return answer.body as Record<string, string>;
}

/** The claims of a token, unverified. */
export function claims(token: string | number | undefined): Record<string, unknown> {
  const [, payload = ''] = String(token).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
}
