import type { LocalPoolOptions } from '../../../lib/testing/index.js';
import type { CookieBrowser, Visit } from '../oauth/support/browser.js';
import {
  CALLBACK,
  claims,
  codeClient,
  type OAuthService,
  PASSWORD,
  startOAuthService,
} from '../oauth/support/oauth-service.js';

/** What a person types on the page of a played provider. */
export type Person = Readonly<
  Partial<Record<'email' | 'name' | 'sub' | 'groups' | 'claims' | 'email_verified', string>>
>;

export const UNVERIFIED_ANN = { email: 'ann@example.com', name: 'Ann', sub: '1001' } satisfies Person;
export const ANN = { ...UNVERIFIED_ANN, email_verified: 'true' } satisfies Person;

/** A service whose pool has the providers Google, Corp (OIDC) and Works (SAML), all of them played. */
export function startFederation(pool: Partial<LocalPoolOptions> = {}): Promise<OAuthService> {
  const providers = [
    'Google' as const,
    { ProviderName: 'Corp', ProviderType: 'OIDC' as const, IdpIdentifiers: ['corp.example'] },
    { ProviderName: 'Works', ProviderType: 'SAML' as const, AttributeMapping: { email: 'urn:mail', name: 'urn:name' } },
  ];
  const SupportedIdentityProviders = ['COGNITO', 'Google', 'Corp', 'Works'];
  return startOAuthService({
    identityProviders: providers,
    clients: [
      codeClient('web', { SupportedIdentityProviders }),
      codeClient('spa', { SupportedIdentityProviders, AllowedOAuthFlows: ['implicit'] }),
      codeClient('narrow', { SupportedIdentityProviders: ['COGNITO'] }),
    ],
    users: [{ username: 'native', password: PASSWORD, attributes: { email: 'native@example.com' } }],
    ...pool,
  });
}

/** Opens the page of a provider. */
export async function openProvider(
  service: OAuthService,
  browser: CookieBrowser,
  provider = 'Google',
  parameters: Record<string, string | undefined> = {},
  clientName?: string,
): Promise<Visit> {
  const url = service.authorizeUrl({ identity_provider: provider, ...parameters }, clientName);
  return browser.follow(await browser.get(url));
}

/** Signs in through a provider, up to the redirect to the application. */
export async function signInThrough(
  service: OAuthService,
  provider: string,
  person: Person & { readonly outcome?: string } = ANN,
  parameters: Record<string, string | undefined> = {},
  browser = service.browser(),
): Promise<Visit> {
  const page = await openProvider(service, browser, provider, parameters);
  const last = page.forms.length - 1;
  return browser.follow(await browser.submit(page, { outcome: 'allow', ...person }, last));
}

/** Redeems the code of a redirect. */
export async function tokensOf(service: OAuthService, visit: Visit): Promise<Record<string, string>> {
  const { code, ...rest } = visit.callback;
  if (code === undefined) {
    throw new Error(`No code: ${JSON.stringify(rest)} ${visit.text}`);
  }
  const { body } = await service.token({
    ...{ grant_type: 'authorization_code', client_id: service.clientId(), redirect_uri: CALLBACK, code },
  });
  return body as Record<string, string>;
}

/** Signs in through a provider. @returns the claims of the ID token. */
export async function idTokenThrough(
  service: OAuthService,
  provider: string,
  person: Person = ANN,
  parameters: Record<string, string | undefined> = {},
): Promise<Record<string, unknown>> {
  const tokens = await tokensOf(service, await signInThrough(service, provider, person, parameters));
  return claims(tokens['id_token']);
}

/** The attributes of a user, as AdminGetUser shows them. */
export function attributesOf(body: Record<string, unknown>): Record<string, string> {
  const list = body['UserAttributes'] as { Name: string; Value: string }[];
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
}
