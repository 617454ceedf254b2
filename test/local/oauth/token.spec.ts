import { createHash } from 'node:crypto';

import type { PreTokenGenerationV2Event } from '../../../lib/testing/index.js';
import { call, succeed } from '../wire.js';
import {
  CALLBACK,
  CHALLENGE,
  claims,
  codeClient,
  type OAuthService,
  PASSWORD,
  signIn,
  signInForTokens,
  startOAuthService,
  VERIFIER,
} from './support/oauth-service.js';

let service: OAuthService;
const triggers = { preTokenGenerationV3: jest.fn((event: PreTokenGenerationV2Event) => event) };

beforeAll(async () => {
  service = await startOAuthService({
    triggers,
    clients: [
      codeClient('web'),
      codeClient('other'),
      codeClient('secret', { secret: 'abcdefghijklmnop_qrstuvwxyz+0' }),
      codeClient('rotating', { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 } }),
      codeClient('machine', {
        secret: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthScopes: ['api/read'],
      }),
      codeClient('implicit', { AllowedOAuthFlows: ['implicit'] }),
    ],
  });
});

beforeEach(() => triggers.preTokenGenerationV3.mockClear());

afterAll(() => service.stop());

async function codeFor(parameters: Record<string, string | undefined> = {}, client = 'web'): Promise<string> {
  return (await signIn(service.browser(), service.authorizeUrl(parameters, client))).callback['code'] ?? '';
}

function redeem(code: string, more: Record<string, string> = {}) {
  return service.token({
    ...{ grant_type: 'authorization_code', client_id: service.clientId(), redirect_uri: CALLBACK, code },
    ...more,
  });
}

function renew(refreshToken: string | undefined, client = 'web') {
  return service.token({
    ...{ grant_type: 'refresh_token', client_id: service.clientId(client), refresh_token: refreshToken ?? '' },
  });
}

describe('A code', () => {
  it('gives tokens with the granted scopes, the nonce and what Cognito adds', async () => {
    const { status, headers, body } = await redeem(await codeFor());
    expect(status).toBe(200);
    expect(headers.get('x-amz-cognito-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body)).toEqual(['id_token', 'access_token', 'refresh_token', 'expires_in', 'token_type']);
    expect(body).toMatchObject({ expires_in: 3600, token_type: 'Bearer' });
    const [access, id] = [claims(body['access_token']), claims(body['id_token'])];
    expect(access).toMatchObject({ scope: 'openid email', version: 2, token_use: 'access', username: 'ann' });
    expect(access).not.toHaveProperty('aud');
    expect(id).toMatchObject({ nonce: 'n-1', email: 'ann@example.com', email_verified: true });
    expect(id).not.toHaveProperty('name');
    const digest = createHash('sha256').update(String(body['access_token'])).digest();
    expect(id['at_hash']).toBe(digest.subarray(0, 16).toString('base64url'));
    expect(id['event_id']).toBe(access['event_id']);
  });

  it.each([
    ['openid', ['email', 'name']],
    ['openid profile', ['name']],
    ['openid email', ['email']],
    ['openid aws.cognito.signin.user.admin', ['email', 'name']],
  ])('for %s gives an ID token with %j', async (scope, expected) => {
    const { body } = await redeem(await codeFor({ scope }));
    const id = claims(body['id_token']);
    expect(['email', 'name'].filter((name) => name in id)).toEqual(expected);
  });

  it('gives all scopes of the client if none is asked for', async () => {
    const { body } = await redeem(await codeFor({ scope: undefined }));
    expect(claims(body['access_token'])['scope']).toBe(
      'openid email phone profile aws.cognito.signin.user.admin api/read api/write',
    );
  });

  it('gives no ID token without openid', async () => {
    const { body } = await redeem(await codeFor({ scope: 'api/read' }));
    expect(Object.keys(body)).toEqual(['access_token', 'refresh_token', 'expires_in', 'token_type']);
  });

  it('runs PreTokenGeneration as HostedAuth', async () => {
    await redeem(await codeFor());
    expect(triggers.preTokenGenerationV3.mock.calls.at(-1)?.[0]).toMatchObject({
      triggerSource: 'TokenGeneration_HostedAuth',
      request: { scopes: ['openid', 'email'] },
    });
  });

  it('shows the text of a trigger that fails', async () => {
    const code = await codeFor();
    triggers.preTokenGenerationV3.mockImplementationOnce(() => {
      throw new Error('no tokens today');
    });
    const { status, body } = await redeem(code);
    expect(status).toBe(400);
    expect(body).toEqual({
      error: 'invalid_grant',
      error_description: 'PreTokenGeneration failed with error no tokens today.',
    });
  });

  it('is valid once', async () => {
    const code = await codeFor();
    expect((await redeem(code)).status).toBe(200);
    expect(await redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('is valid for five minutes', async () => {
    const [inTime, late] = [await codeFor(), await codeFor()];
    service.pass(5 * 60_000 - 1000);
    expect((await redeem(inTime)).status).toBe(200);
    service.pass(2000);
    expect(await redeem(late)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('with a challenge needs its verifier, and is spent by a wrong one', async () => {
    const pkce = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
    expect((await redeem(await codeFor(pkce), { code_verifier: VERIFIER })).status).toBe(200);
    const code = await codeFor(pkce);
    for (const attempt of [{ code_verifier: `${VERIFIER}x` }, { code_verifier: VERIFIER }]) {
      expect(await redeem(code, attempt)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    }
    expect(await redeem(await codeFor(pkce))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('is bound to its redirect URI', async () => {
    const answer = await redeem(await codeFor(), { redirect_uri: `${CALLBACK}/` });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client', error_description: 'invalid_redirect' },
    });
  });

  it('is bound to its client, and another one does not spend it', async () => {
    const code = await codeFor();
    const stolen = await redeem(code, { client_id: service.clientId('other') });
    expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await redeem(code)).status).toBe(200);
  });

  it('is refused when the user was disabled meanwhile', async () => {
    const pool = service.cognito.pool();
    const user = { UserPoolId: pool.id, Username: 'eve' };
    pool.createUser({ username: 'eve', password: PASSWORD });
    const { callback } = await signIn(service.browser(), service.authorizeUrl(), 'eve');
    await succeed(service.origin, 'AdminDisableUser', user);
    expect(await redeem(callback['code'] ?? '')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('binds the access token to a resource, and the token endpoint keeps that', async () => {
    const resource = 'https://api.example.com/';
    const { body } = await redeem(await codeFor({ resource }));
    expect(claims(body['access_token'])['aud']).toBe(resource);
    const renewed = await renew(String(body['refresh_token']));
    expect(claims(renewed.body['access_token'])['aud']).toBe(resource);
    const { AuthenticationResult } = (await succeed(service.origin, 'GetTokensFromRefreshToken', {
      ...{ ClientId: service.clientId(), RefreshToken: body['refresh_token'] },
    })) as { AuthenticationResult: { AccessToken: string } };
    expect(claims(AuthenticationResult.AccessToken)).not.toHaveProperty('aud');
    expect(claims(AuthenticationResult.AccessToken)['scope']).toBe('openid email');
  });
});

describe('A refresh token', () => {
  it('gives new tokens with the scopes and auth_time of the sign-in', async () => {
    const first = await signInForTokens(service);
    service.pass(10_000);
    const { status, body } = await renew(first['refresh_token']);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['id_token', 'access_token', 'expires_in', 'token_type']);
    const [before, after] = [claims(first['access_token']), claims(body['access_token'])];
    expect(after).toMatchObject({
      scope: 'openid email',
      version: 2,
      auth_time: before['auth_time'],
      origin_jti: before['origin_jti'],
    });
    expect(after['jti']).not.toBe(before['jti']);
    expect(claims(body['id_token'])).not.toHaveProperty('nonce');
  });

  it('of the API works too, and gives an ID token', async () => {
    const { AuthenticationResult } = (await succeed(service.origin, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: service.clientId(),
      AuthParameters: { USERNAME: 'ann', PASSWORD },
    })) as { AuthenticationResult: { RefreshToken: string } };
    const { status, body } = await renew(AuthenticationResult.RefreshToken);
    expect(status).toBe(200);
    expect(claims(body['access_token'])).toMatchObject({ scope: 'aws.cognito.signin.user.admin' });
    expect(claims(body['access_token'])).not.toHaveProperty('version');
    expect(body).toHaveProperty('id_token');
  });

  it('of another client or of nobody is refused', async () => {
    const { refresh_token: token } = await signInForTokens(service);
    expect(await renew(token, 'other')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await renew('nonsense')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('is refused after GlobalSignOut', async () => {
    const { refresh_token: token } = await signInForTokens(service);
    await succeed(service.origin, 'AdminUserGlobalSignOut', {
      ...{ UserPoolId: service.cognito.pool().id, Username: 'ann' },
    });
    expect(await renew(token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('that rotates forks its family within the grace period, and is refused after it', async () => {
    const code = await codeFor({}, 'rotating');
    const { body } = await redeem(code, { client_id: service.clientId('rotating') });
    const original = String(body['refresh_token']);
    const [left, right] = [await renew(original, 'rotating'), await renew(original, 'rotating')];
    const successors = [left, right].map((answer) => String(answer.body['refresh_token']));
    expect(new Set([original, ...successors]).size).toBe(3);
    service.pass(31_000);
    expect(await renew(original, 'rotating')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    for (const successor of successors) {
      expect((await renew(successor, 'rotating')).status).toBe(200);
    }
    await succeed(service.origin, 'RevokeToken', { ClientId: service.clientId('rotating'), Token: original });
    for (const successor of successors) {
      expect((await renew(successor, 'rotating')).status).toBe(400);
    }
  });

  it('that rotates keeps the expiry of the first', async () => {
    const code = await codeFor({}, 'rotating');
    const { body } = await redeem(code, { client_id: service.clientId('rotating') });
    service.pass(29 * 86_400_000);
    const next = String((await renew(String(body['refresh_token']), 'rotating')).body['refresh_token']);
    service.pass(86_400_000);
    expect(await renew(next, 'rotating')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('is refused if the sign-in tracked a device', async () => {
    const tracking = await startOAuthService({ DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false } });
    try {
      const { AuthenticationResult } = (await succeed(tracking.origin, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: tracking.clientId(),
        AuthParameters: { USERNAME: 'ann', PASSWORD },
      })) as { AuthenticationResult: { RefreshToken: string } };
      const refused = await tracking.token({
        ...{ grant_type: 'refresh_token', client_id: tracking.clientId() },
        refresh_token: AuthenticationResult.RefreshToken,
      });
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      const managed = await signInForTokens(tracking);
      const renewed = await tracking.token({
        ...{ grant_type: 'refresh_token', client_id: tracking.clientId() },
        refresh_token: managed['refresh_token'] ?? '',
      });
      expect(renewed.status).toBe(200);
    } finally {
      await tracking.stop();
    }
  });
});

describe('Client credentials', () => {
  const basic = (name: string, secret?: string) => {
    const client = service.cognito.pool().client(name);
    return {
      authorization: `Basic ${Buffer.from(`${client.id}:${secret ?? client.secret ?? ''}`).toString('base64')}`,
    };
  };

  it('give an access token for the custom scopes, with the metadata for the trigger', async () => {
    const { status, body } = await service.token(
      { grant_type: 'client_credentials', aws_client_metadata: '{"tenant":"a"}' },
      basic('machine'),
    );
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['access_token', 'expires_in', 'token_type']);
    expect(claims(body['access_token'])).toMatchObject({
      sub: service.clientId('machine'),
      client_id: service.clientId('machine'),
      scope: 'api/read',
      version: 2,
    });
    expect(triggers.preTokenGenerationV3.mock.calls.at(-1)?.[0]).toMatchObject({
      triggerSource: 'TokenGeneration_ClientCredentials',
      request: { clientMetadata: { tenant: 'a' } },
    });
  });

  it('are accepted by Basic, raw or form-encoded, and in the form', async () => {
    const { id, secret = '' } = service.cognito.pool().client('secret');
    const code = () => codeFor({}, 'secret').then((value) => ({ code: value, redirect_uri: CALLBACK }));
    const form = { grant_type: 'authorization_code' };
    expect((await service.token({ ...form, ...(await code()) }, basic('secret'))).status).toBe(200);
    const encoded = basic('secret', encodeURIComponent(secret));
    expect((await service.token({ ...form, ...(await code()) }, encoded)).status).toBe(200);
    const posted = { client_id: id, client_secret: secret };
    expect((await service.token({ ...form, ...(await code()), ...posted })).status).toBe(200);
  });

  it('are refused where they are wrong, missing or not expected', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: 'x' };
    const secretId = service.clientId('secret');
    const refused = { status: 400, body: { error: 'invalid_client' } };
    expect(await service.token(form, basic('secret', 'wrong'))).toMatchObject(refused);
    expect(await service.token({ ...form, client_id: secretId })).toMatchObject(refused);
    expect(await service.token({ ...form, client_id: 'nobody' })).toMatchObject(refused);
    expect(await service.token({ ...form, client_id: service.clientId(), client_secret: 'x' })).toMatchObject(refused);
    expect(await service.token(form, { authorization: 'Bearer x' })).toMatchObject(refused);
    const malformed = { status: 400, body: { error: 'invalid_request' } };
    expect(await service.token(form)).toMatchObject(malformed);
    expect(await service.token({ ...form, client_secret: 'x' }, basic('secret'))).toMatchObject(malformed);
    expect(await service.token({ ...form, client_id: service.clientId() }, basic('secret'))).toMatchObject(malformed);
  });

  it.each([
    ['a scope that the client may not have', { scope: 'api/write' }, 'invalid_scope'],
    ['openid', { scope: 'openid' }, 'invalid_scope'],
    ['metadata that is no JSON', { aws_client_metadata: 'x' }, 'invalid_request'],
    ['metadata that is not of strings', { aws_client_metadata: '{"a":1}' }, 'invalid_request'],
  ])('refuse %s', async (_case, more, error) => {
    const answer = await service.token({ grant_type: 'client_credentials', ...more }, basic('machine'));
    expect(answer).toMatchObject({ status: 400, body: { error } });
  });
});

describe('The token endpoint', () => {
  it.each([
    ['no grant type', {}, 'invalid_request'],
    ['an unknown grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a name of the prototype', { grant_type: 'constructor' }, 'unsupported_grant_type'],
    ['no code', { grant_type: 'authorization_code', redirect_uri: CALLBACK }, 'invalid_request'],
    ['no redirect URI', { grant_type: 'authorization_code', code: 'x' }, 'invalid_request'],
    ['an unknown code', { grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK }, 'invalid_grant'],
    ['no refresh token', { grant_type: 'refresh_token' }, 'invalid_request'],
    ['client credentials of a web client', { grant_type: 'client_credentials' }, 'unauthorized_client'],
  ])('answers %s with an error', async (_case, form: Record<string, string>, error) => {
    const answer = await service.token({ client_id: service.clientId(), ...form });
    expect(answer).toMatchObject({ status: 400, body: { error } });
    expect(answer.headers.get('x-amz-cognito-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('answers a code of a client of the implicit flow with unauthorized_client', async () => {
    const answer = await redeem('x', { client_id: service.clientId('implicit') });
    expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  it('refuses JSON and GET', async () => {
    const json = await fetch(`${service.origin}/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'refresh_token', client_id: service.clientId() }),
    });
    expect([json.status, await json.json()]).toEqual([400, { error: 'invalid_request' }]);
    const get = await fetch(`${service.origin}/oauth2/token?grant_type=refresh_token`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('may be called by scripts of every origin; the pages may not', async () => {
    const headers = { origin: 'http://app.localhost:5173' };
    for (const path of ['token', 'revoke', 'userInfo']) {
      const response = await fetch(`${service.origin}/oauth2/${path}`, { method: 'POST', headers });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    }
    const preflight = await fetch(`${service.origin}/oauth2/token`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    for (const path of ['/login', '/oauth2/authorize', '/logout', '/error']) {
      for (const method of ['GET', 'OPTIONS']) {
        const response = await fetch(`${service.origin}${path}`, { method, headers, redirect: 'manual' });
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
      }
    }
  });
});

describe('GlobalSignOut and RevokeToken', () => {
  it('end a managed sign-in', async () => {
    const scope = 'openid aws.cognito.signin.user.admin';
    const first = await signInForTokens(service, { scope });
    await succeed(service.origin, 'GlobalSignOut', { AccessToken: first['access_token'] });
    expect((await renew(first['refresh_token'])).status).toBe(400);
    const second = await signInForTokens(service, { scope });
    await succeed(service.origin, 'RevokeToken', {
      ...{ ClientId: service.clientId(), Token: second['refresh_token'] },
    });
    const user = await call(service.origin, 'GetUser', { AccessToken: second['access_token'] });
    expect(user.body).toMatchObject({ message: 'Access Token has been revoked' });
  });

  it('need the scope of the API', async () => {
    const { access_token: token } = await signInForTokens(service);
    const answer = await call(service.origin, 'GetUser', { AccessToken: token });
    expect(answer.body).toEqual({
      __type: 'NotAuthorizedException',
      message: 'Access Token does not have required scopes',
    });
  });
});
