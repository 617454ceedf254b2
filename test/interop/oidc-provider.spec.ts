import { CookieBrowser, type Visit } from '../local/oauth/support/browser.js';
import { claims, codeClient, type OAuthService, startOAuthService } from '../local/oauth/support/oauth-service.js';
import { succeed } from '../local/wire.js';
import { usePeer } from './peers/peer.js';

interface OidcProvider {
  start: (client: { redirectUri: string; secret: string }) => string;
}

const SECRET = 'a-secret-of-this-test';

describe('oidc-provider as identity provider of the embedded Cognito', () => {
  const provider = usePeer<OidcProvider>('oidc-provider.mjs');
  let service: OAuthService;
  let issuer: string;

  beforeAll(async () => {
    service = await startOAuthService();
    issuer = await provider.start({ redirectUri: `${service.origin}/oauth2/idpresponse`, secret: SECRET });
    await succeed(service.origin, 'CreateIdentityProvider', {
      UserPoolId: service.cognito.pool().id,
      ProviderName: 'Real',
      ProviderType: 'OIDC',
      ProviderDetails: {
        ...{ client_id: 'cognito', client_secret: SECRET, oidc_issuer: issuer },
        ...{ authorize_scopes: 'openid email profile', attributes_request_method: 'GET' },
      },
      AttributeMapping: { email: 'email', email_verified: 'email_verified', name: 'name', nickname: 'groups' },
    });
    service.cognito.pool().createClient(codeClient('federated', { SupportedIdentityProviders: ['Real'] }));
  });

  afterAll(() => service.stop());

  /** Signs in on the provider's own pages. @returns the visit that ends at the application. */
  async function signIn(name: string, cognito = service.browser(), other = new CookieBrowser(issuer)): Promise<Visit> {
    const away = await cognito.get(
      service.authorizeUrl({ identity_provider: 'Real', scope: 'openid email profile' }, 'federated'),
    );
    let visit = await other.follow(await other.get(away.location ?? ''));
    while (visit.forms[0] !== undefined) {
      visit = await other.follow(await other.submit(visit, { login: name, password: 'any' }));
    }
    return cognito.follow(await cognito.get(visit.location ?? ''));
  }

  async function tokens(visit: Visit): Promise<Record<string, unknown>> {
    const { code = '' } = visit.callback;
    const { body } = await service.token({
      ...{ grant_type: 'authorization_code', client_id: service.clientId('federated'), code },
      redirect_uri: 'http://localhost:3000/callback',
    });
    return claims(body['id_token']);
  }

  it('vouches for a user', async () => {
    const token = await tokens(await signIn('ann'));
    expect(token).toMatchObject({
      'cognito:username': 'Real_ann',
      email: 'ann@idp.example',
      email_verified: true,
      name: 'ANN',
      nickname: '[a,b]',
      identities: [{ userId: 'ann', providerName: 'Real', providerType: 'OIDC' }],
    });
  });

  it('vouches for the same user again', async () => {
    const [first, second] = [await tokens(await signIn('bob')), await tokens(await signIn('bob'))];
    expect(second['sub']).toBe(first['sub']);
  });

  it('lets a person deny', async () => {
    const cognito = service.browser();
    const other = new CookieBrowser(issuer);
    const away = await cognito.get(service.authorizeUrl({ identity_provider: 'Real' }, 'federated'));
    const page = await other.follow(await other.get(away.location ?? ''));
    const [, abort = ''] = /href="([^"]*\/abort)"/.exec(page.text) ?? [];
    const denied = await other.follow(await other.get(abort));
    const back = await cognito.get(denied.location ?? '');
    expect(back.callback).toEqual({
      error: 'access_denied',
      error_description: expect.stringMatching(/^Real Error - access_denied /) as string,
    });
  });

  it('refuses a client whose secret is wrong', async () => {
    await succeed(service.origin, 'UpdateIdentityProvider', {
      UserPoolId: service.cognito.pool().id,
      ProviderName: 'Real',
      ProviderDetails: {
        ...{ client_id: 'cognito', client_secret: 'wrong', oidc_issuer: issuer },
        ...{ authorize_scopes: 'openid', attributes_request_method: 'GET' },
      },
    });
    const visit = await signIn('ann');
    expect(visit.callback).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(/^Real Error - 40[01] invalid_client/) as string,
    });
  });
});
