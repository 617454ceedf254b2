import type { AuthApiDelivery } from '../../../lib/http/index.js';
import { ANN, ApiApp, EVE, type Platform } from './support/api-app.js';
import type { ApiClient } from './support/api-client.js';

const TABLE = (['express', 'fastify'] as const).flatMap((platform) =>
  (['cookie', 'body'] as const).flatMap((delivery) => [false, true].map((secret) => ({ platform, delivery, secret }))),
);

describe.each(TABLE)('the auth API on $platform, tokens by $delivery, a client with a secret: $secret', (settings) => {
  const { platform, delivery, secret }: { platform: Platform; delivery: AuthApiDelivery; secret: boolean } = settings;
  let api: ApiApp;
  let client: ApiClient;

  beforeEach(async () => {
    api = await ApiApp.start({ platform, delivery, secret });
    client = api.client();
  });

  afterEach(async () => {
    await api.stop();
  });

  it('signs up, confirms, signs in, shows the user, and signs out', async () => {
    const registered = await client.call('post', 'register', ANN);
    expect({ status: registered.status, body: registered.body }).toEqual({ status: 201, body: { confirmed: false } });

    const early = await client.call('post', 'authenticate', { username: ANN.username, password: ANN.password });
    expect({ status: early.status, code: early.body.code }).toEqual({ status: 403, code: 'USER_NOT_CONFIRMED' });

    const code = api.code('ann@example.com');
    const confirmed = await client.call('post', 'confirm', { username: 'ann', code });
    expect({ status: confirmed.status, body: confirmed.body }).toEqual({ status: 200, body: { status: 'CONFIRMED' } });

    await client.signIn(ANN);
    const me = await client.call('get', 'me');
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({ username: 'ann', attributes: { email: 'ann@example.com', email_verified: true } });
    expect(me.headers['cache-control']).toBe('private, no-store');

    const own = await client.send('get', '/own');
    expect({ status: own.status, body: own.body }).toEqual({ status: 200, body: { username: 'ann' } });

    const signedOut = await client.call(
      'post',
      'logout',
      delivery === 'body' ? { refreshToken: client.refreshToken } : {},
    );
    expect({ status: signedOut.status, body: signedOut.body }).toEqual({ status: 204, body: {} });
    expect((await client.call('get', 'me')).status).toBe(401);
  });

  it('sets a new password for one that was forgotten', async () => {
    expect((await client.call('post', 'forgot-password', { username: 'eve' })).status).toBe(202);
    const body = { username: 'eve', code: api.code('eve@example.com'), password: 'Another-Horse-7' };
    expect((await client.call('post', 'confirm-forgot-password', body)).status).toBe(204);
    await client.signIn({ username: 'eve', password: 'Another-Horse-7' });
  });

  it('changes the account', async () => {
    await client.signIn(EVE);
    const updated = await client.call('patch', 'me', { attributes: { nickname: 'Evi', email: 'evi@example.com' } });
    expect({ status: updated.status, body: updated.body }).toMatchObject({
      status: 200,
      body: { deliveries: [{ medium: 'EMAIL' }] },
    });
    const code = api.code('evi@example.com');
    expect((await client.call('post', 'verification/confirm', { code })).status).toBe(204);
    const changed = { previousPassword: EVE.password, proposedPassword: 'Another-Horse-7' };
    expect((await client.call('post', 'password', changed)).status).toBe(204);
    const me = await client.call('get', 'me');
    expect(me.body.attributes).toMatchObject({ nickname: 'Evi', email: 'evi@example.com', email_verified: true });
    expect((await client.call('delete', 'me')).status).toBe(204);
    const gone = await api.client().call('post', 'authenticate', { username: 'eve', password: 'Another-Horse-7' });
    expect({ status: gone.status, code: gone.body.code }).toEqual({ status: 401, code: 'CREDENTIALS_INVALID' });
  });
});
