import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LocalCognito } from '../../../lib/testing/index.js';
import { PRIVATE_CERTIFICATE } from '../../support/private-certificate.js';
import { signingKeysPem } from '../signing-keys.js';
import {
  CALLBACK,
  claims,
  codeClient,
  LOGOUT,
  oauthPool,
  type OAuthService,
  signInForTokens,
  startOAuthService,
} from './support/oauth-service.js';

let service: OAuthService;

beforeAll(async () => {
  const other = { ...oauthPool(), name: 'other', domain: 'other' };
  service = await startOAuthService({}, { pools: [oauthPool({ domain: 'shop' }), other] });
});

afterAll(() => service.stop());

/** Requests a path under another host name, without DNS. */
function statusAt(host: string, path: string): Promise<{ status: number; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(service.origin);
    request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
    })
      .on('error', reject)
      .end();
  });
}

describe('Discovery', () => {
  it('names the endpoints of the domain, and not that PKCE works', async () => {
    const pool = service.cognito.pool();
    const response = await fetch(`${pool.issuer}/.well-known/openid-configuration`);
    expect(await response.json()).toEqual({
      authorization_endpoint: `${service.origin}/oauth2/authorize`,
      end_session_endpoint: `${service.origin}/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
      issuer: pool.issuer,
      jwks_uri: pool.jwksUri,
      response_types_supported: ['code', 'token'],
      revocation_endpoint: `${service.origin}/oauth2/revoke`,
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint: `${service.origin}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      userinfo_endpoint: `${service.origin}/oauth2/userInfo`,
    });
  });
});

describe('The domain of a pool', () => {
  const path = () => new URL(service.authorizeUrl());

  it('reaches its managed login under both forms of the host name', async () => {
    const { pathname, search } = path();
    for (const host of ['shop.auth.localhost:9229', 'shop.localhost:9229', 'SHOP.auth.localhost']) {
      expect((await statusAt(host, pathname + search)).location).toMatch(/^\/login\?/);
    }
  });

  it('serves no other pool, and an unknown one nobody', async () => {
    const { pathname, search } = path();
    expect((await statusAt('unknown.auth.localhost:9229', pathname + search)).status).toBe(404);
    const foreign = search.replace(service.clientId(), service.cognito.pool('other').client().id);
    expect((await statusAt('shop.auth.localhost:9229', pathname + foreign)).location).toMatch(/^\/error/);
  });

  it('must be a label, and unique', async () => {
    await expect(LocalCognito.start({ pools: [{ name: 'a', domain: 'Not a label' }] })).rejects.toThrow(
      '"pools[0].domain" must be 1 to 63 lower-case letters, digits and inner hyphens.',
    );
    const pools = [
      { name: 'a', domain: 'same' },
      { name: 'b', domain: 'same' },
    ];
    await expect(LocalCognito.start({ pools })).rejects.toThrow('"pools" must have unique domains. Duplicate: "same".');
  });
});

describe('tls', () => {
  it('makes the server speak HTTPS, with secure cookies', async () => {
    const { key, cert, ca } = PRIVATE_CERTIFICATE;
    const secure = await LocalCognito.start({
      tls: { key, cert },
      pools: [{ name: 'default', keys: signingKeysPem(), clients: [codeClient('web')], users: [{ username: 'ann' }] }],
    });
    try {
      expect(secure.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:/);
      expect(secure.pool().issuer).toBe(`${secure.endpoint}/${secure.pool().id}`);
      const oauth = { redirectUri: CALLBACK, logoutUri: LOGOUT };
      expect(secure.pool().moduleOptions({ oauth }).oauth).toEqual({ domain: secure.endpoint, ...oauth });
      const query = new URLSearchParams({
        ...{ client_id: secure.pool().client().id, response_type: 'code', redirect_uri: CALLBACK },
      });
      const cookies = await new Promise<string[]>((resolve, reject) => {
        secureRequest(`${secure.endpoint}/login?${query.toString()}`, { ca }, (answer) => {
          answer.resume();
          resolve(answer.headers['set-cookie'] ?? []);
        })
          .on('error', reject)
          .end();
      });
      expect(cookies[0]).toMatch(/^XSRF-TOKEN=[\da-f-]{36}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    } finally {
      await secure.stop();
    }
  });

  it('says what is wrong with its option', async () => {
    await expect(LocalCognito.start({ tls: { key: 'x', cert: 'y' } })).rejects.toThrow(
      '"tls" must have a private key and its certificate, both as PEM text, but Node.js cannot read them.',
    );
    await expect(LocalCognito.start({ tls: { key: '', cert: 'y' } })).rejects.toThrow(
      '"tls.key" must be a non-empty string.',
    );
    const typo = { tls: { key: 'x', certificate: 'y' } } as unknown as { tls: { key: string; cert: string } };
    await expect(LocalCognito.start(typo)).rejects.toThrow('"tls.certificate" is an unknown option.');
  });
});

describe('A data directory', () => {
  it('keeps the sign-ins and the domain of managed login across a restart', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'mandate-data-'));
    try {
      const resource = 'https://api.example.com/';
      const first = await startOAuthService({ domain: 'kept' }, { dataDirectory });
      const tokens = await signInForTokens(first, { resource });
      await first.stop();
      const second = await startOAuthService({ domain: 'kept' }, { dataDirectory });
      const renewed = await second.token({
        ...{ grant_type: 'refresh_token', client_id: second.clientId(), refresh_token: tokens['refresh_token'] ?? '' },
      });
      expect(claims(renewed.body['access_token'])).toMatchObject({ aud: resource, scope: 'openid email', version: 2 });
      await second.stop();
    } finally {
      await rm(dataDirectory, { recursive: true });
    }
  });
});

describe('moduleOptions', () => {
  it('adds the options of managed login, for URLs that the client has', () => {
    const pool = service.cognito.pool();
    expect(pool.moduleOptions()).not.toHaveProperty('oauth');
    expect(pool.moduleOptions({ oauth: { redirectUri: CALLBACK } }).oauth).toEqual({
      domain: service.origin,
      redirectUri: CALLBACK,
    });
    expect(() => pool.moduleOptions({ oauth: { redirectUri: LOGOUT } })).toThrow(
      '"oauth.redirectUri" must be one of the CallbackURLs of app client "web".',
    );
    expect(() => pool.moduleOptions({ oauth: { redirectUri: CALLBACK, logoutUri: CALLBACK } })).toThrow(
      '"oauth.logoutUri" must be one of the LogoutURLs of app client "web".',
    );
  });
});

describe('oauthCode', () => {
  it('returns the callback of a user, by name or as created', async () => {
    const user = service.cognito.pool().createUser({ username: 'zoe' });
    for (const who of ['zoe', user]) {
      const callback = new URL(await service.cognito.oauthCode(who, service.authorizeUrl()));
      expect(callback.searchParams.get('state')).toBe('st-1');
      const { body } = await service.token({
        ...{ grant_type: 'authorization_code', client_id: service.clientId(), redirect_uri: CALLBACK },
        code: callback.searchParams.get('code') ?? '',
      });
      expect(claims(body['id_token'])).toMatchObject({ 'cognito:username': 'zoe', nonce: 'n-1' });
    }
  });

  it('returns tokens for the implicit flow', async () => {
    const url = new URL(service.authorizeUrl({ response_type: 'token' }, 'spa'));
    expect(await service.cognito.oauthCode('ann', url)).toMatch(/#id_token=.*&state=st-1$/);
  });

  it.each([
    ['an unknown user', 'nobody', {}, '"user" must name an enabled user of pool "default".'],
    ['an unknown client', 'ann', { client_id: 'x' }, 'its client_id names no app client'],
    ['an unregistered URL', 'ann', { redirect_uri: 'http://x/' }, 'its redirect_uri is not one of the CallbackURLs'],
    ['a bad request', 'ann', { response_type: 'x' }, 'it would answer with the error "invalid_request".'],
    ['a bad scope', 'ann', { scope: 'x' }, 'it would answer with the error "invalid_scope".'],
  ])('says what is wrong with %s', async (_case, user, parameters, message) => {
    await expect(service.cognito.oauthCode(user, service.authorizeUrl(parameters))).rejects.toThrow(message);
  });

  it('needs a URL', async () => {
    await expect(service.cognito.oauthCode('ann', 'not a url')).rejects.toThrow('but it is not a URL.');
  });
});
