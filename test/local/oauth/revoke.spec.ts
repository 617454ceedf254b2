import { codeClient, type OAuthService, signInForTokens, startOAuthService } from './support/oauth-service.js';

let service: OAuthService;

beforeAll(async () => {
  service = await startOAuthService({
    clients: [
      codeClient('web'),
      codeClient('other'),
      codeClient('secret', { secret: true }),
      codeClient('fixed', { EnableTokenRevocation: false }),
    ],
  });
});

afterAll(() => service.stop());

async function revoke(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${service.origin}/oauth2/revoke`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
  return [response.status, await response.text()];
}

function renew(token: string | undefined) {
  return service.token({
    ...{ grant_type: 'refresh_token', client_id: service.clientId(), refresh_token: token ?? '' },
  });
}

describe('/oauth2/revoke', () => {
  it('ends the sign-in of a refresh token', async () => {
    const { refresh_token: token = '' } = await signInForTokens(service);
    expect(await revoke({ token, client_id: service.clientId() })).toEqual([200, '']);
    expect((await renew(token)).body).toEqual({ error: 'invalid_grant' });
    expect(await revoke({ token, client_id: service.clientId() })).toEqual([200, '']);
  });

  it('changes nothing for an unknown token or that of another client', async () => {
    const { refresh_token: token = '' } = await signInForTokens(service);
    expect(await revoke({ token: 'unknown', client_id: service.clientId() })).toEqual([200, '']);
    expect(await revoke({ token, client_id: service.clientId('other') })).toEqual([200, '']);
    expect((await renew(token)).status).toBe(200);
  });

  it('accepts a client with a secret by Basic', async () => {
    const { id, secret = '' } = service.cognito.pool().client('secret');
    const authorization = (value: string) => ({
      authorization: `Basic ${Buffer.from(`${id}:${value}`).toString('base64')}`,
    });
    expect(await revoke({ token: 'unknown' }, authorization(secret))).toEqual([200, '']);
    const refused = [401, '{"error":"invalid_client"}'];
    expect(await revoke({ token: 'unknown' }, authorization('wrong'))).toEqual(refused);
    expect(await revoke({ token: 'unknown', client_id: id })).toEqual(refused);
    expect(await revoke({ token: 'unknown', client_id: 'nobody' })).toEqual(refused);
  });

  it('refuses access and ID tokens, no token, and clients with revocation turned off', async () => {
    const tokens = await signInForTokens(service);
    for (const token of [tokens['access_token'] ?? '', tokens['id_token'] ?? '']) {
      expect(await revoke({ token, client_id: service.clientId() })).toEqual([
        400,
        '{"error":"unsupported_token_type"}',
      ]);
    }
    expect(await revoke({ client_id: service.clientId() })).toEqual([400, '{"error":"invalid_request"}']);
    expect(await revoke({ token: 'x', client_id: service.clientId('fixed') })).toEqual([
      400,
      '{"error":"invalid_request"}',
    ]);
  });
});
