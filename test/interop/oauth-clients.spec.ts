/* eslint-disable @typescript-eslint/no-deprecated -- The libraries mark what allows plain HTTP as deprecated, as a warning. */
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';

import {
  CALLBACK,
  codeClient,
  type OAuthService,
  signIn,
  startOAuthService,
} from '../local/oauth/support/oauth-service.js';

let service: OAuthService;

beforeAll(async () => {
  service = await startOAuthService({
    clients: [
      codeClient('web'),
      codeClient('secret', { secret: true }),
      codeClient('machine', {
        secret: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthScopes: ['api/read'],
      }),
    ],
  });
});

afterAll(() => service.stop());

function endpoints() {
  const pool = service.cognito.pool();
  return {
    issuer: pool.issuer,
    jwks_uri: pool.jwksUri,
    authorization_endpoint: `${service.origin}/oauth2/authorize`,
    token_endpoint: `${service.origin}/oauth2/token`,
    userinfo_endpoint: `${service.origin}/oauth2/userInfo`,
    revocation_endpoint: `${service.origin}/oauth2/revoke`,
    end_session_endpoint: `${service.origin}/logout`,
  };
}

describe('openid-client', () => {
  function configuration(name: string, authentication?: (secret: string) => openid.ClientAuth): openid.Configuration {
    const { id, secret } = service.cognito.pool().client(name);
    const config = new openid.Configuration(
      endpoints(),
      id,
      secret,
      secret === undefined ? openid.None() : authentication?.(secret),
    );
    openid.allowInsecureRequests(config);
    openid.enableNonRepudiationChecks(config);
    return config;
  }

  async function callback(config: openid.Configuration, more: Record<string, string> = {}) {
    const verifier = openid.randomPKCECodeVerifier();
    const checks = {
      pkceCodeVerifier: verifier,
      expectedState: openid.randomState(),
      expectedNonce: openid.randomNonce(),
    };
    const url = openid.buildAuthorizationUrl(config, {
      ...{ redirect_uri: CALLBACK, scope: 'openid email', state: checks.expectedState, nonce: checks.expectedNonce },
      ...{ code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      ...more,
    });
    const visit = await signIn(service.browser(), url.toString());
    return { checks, url: new URL(visit.location ?? '') };
  }

  it.each([
    ['web', undefined],
    ['secret', openid.ClientSecretPost],
    ['secret', openid.ClientSecretBasic],
  ] as const)('signs in at client %s, renews, reads userInfo and revokes', async (name, authentication) => {
    const config = configuration(name, authentication);
    const { checks, url } = await callback(config);
    const tokens = await openid.authorizationCodeGrant(config, url, checks);
    const { sub = '' } = tokens.claims() ?? {};
    expect(tokens.claims()).toMatchObject({ email: 'ann@example.com', email_verified: true });
    const info = await openid.fetchUserInfo(config, tokens.access_token, sub);
    expect(info).toMatchObject({ sub, email: 'ann@example.com', email_verified: 'true' });
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(renewed.refresh_token).toBeUndefined();
    expect(renewed.claims()?.sub).toBe(sub);
    await openid.tokenRevocation(config, tokens.refresh_token ?? '');
    await expect(openid.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('finds everything but PKCE by discovery', async () => {
    const { id } = service.cognito.pool().client('web');
    const config = await openid.discovery(new URL(service.cognito.pool().issuer), id, undefined, openid.None(), {
      execute: [openid.allowInsecureRequests],
    });
    expect(config.serverMetadata()).toMatchObject(endpoints());
    expect(config.serverMetadata().supportsPKCE()).toBe(false);
  });

  it.each([
    ['a wrong verifier', { pkceCodeVerifier: 'another-verifier-that-is-long-enough-000000000' }, 'invalid_grant'],
  ])('learns of %s', async (_case, changes, error) => {
    const config = configuration('web');
    const { checks, url } = await callback(config);
    const grant = openid.authorizationCodeGrant(config, url, { ...checks, ...changes });
    await expect(grant).rejects.toMatchObject({ error });
  });

  it('learns of a second use, of a late one, and of another redirect URI', async () => {
    const config = configuration('web');
    const { checks, url } = await callback(config);
    await openid.authorizationCodeGrant(config, url, checks);
    await expect(openid.authorizationCodeGrant(config, url, checks)).rejects.toMatchObject({ error: 'invalid_grant' });
    const late = await callback(config);
    service.pass(5 * 60_000 + 1000);
    await expect(openid.authorizationCodeGrant(config, late.url, late.checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    const moved = await callback(config);
    moved.url.pathname = '/elsewhere';
    await expect(openid.authorizationCodeGrant(config, moved.url, moved.checks)).rejects.toMatchObject({
      error: 'unauthorized_client',
      error_description: 'invalid_redirect',
    });
  });

  it('cannot read an error without state, as with Cognito', async () => {
    const config = configuration('web');
    const url = new URL(`${CALLBACK}?error=invalid_request`);
    const grant = openid.authorizationCodeGrant(config, url, { expectedState: 'st-1' });
    await expect(grant).rejects.toMatchObject({ code: 'OAUTH_INVALID_RESPONSE' });
  });

  it.each([openid.ClientSecretPost, openid.ClientSecretBasic])('gets a token for a machine', async (authentication) => {
    const config = configuration('machine', authentication);
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'api/read' });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    await expect(openid.clientCredentialsGrant(config, { scope: 'api/write' })).rejects.toMatchObject({
      error: 'invalid_scope',
    });
  });
});

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true };

  it('signs in with PKCE, nonce and a verified ID token', async () => {
    const { id, secret = '' } = service.cognito.pool().client('secret');
    const server: oauth.AuthorizationServer = endpoints();
    const client: oauth.Client = { client_id: id };
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = service.authorizeUrl(
      {
        ...{ state, nonce, code_challenge_method: 'S256' },
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      },
      'secret',
    );
    const visit = await signIn(service.browser(), url);
    const parameters = oauth.validateAuthResponse(server, client, new URL(visit.location ?? ''), state);
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.ClientSecretBasic(secret), parameters, CALLBACK, verifier, insecure] as const),
    );
    const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, response, insecure);
    const claims = oauth.getValidatedIdTokenClaims(result);
    const info = await oauth.userInfoRequest(server, client, result.access_token, insecure);
    await expect(oauth.processUserInfoResponse(server, client, claims?.sub ?? '', info)).resolves.toMatchObject({
      email: 'ann@example.com',
    });
    const renewal = await oauth.refreshTokenGrantRequest(
      ...([server, client, oauth.ClientSecretPost(secret), result.refresh_token ?? '', insecure] as const),
    );
    await expect(oauth.processRefreshTokenResponse(server, client, renewal)).resolves.toHaveProperty('access_token');
    const revocation = await oauth.revocationRequest(
      ...([server, client, oauth.ClientSecretBasic(secret), result.refresh_token ?? '', insecure] as const),
    );
    await expect(oauth.processRevocationResponse(revocation)).resolves.toBeUndefined();
  });
});
