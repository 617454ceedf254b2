import { AUTH_API_ROUTES } from '../../lib/http/api/auth-api-routes.js';
import { ROUTES } from '../../lib/browser/routes.js';
import type { BodyAuthClient, CookieAuthClient } from 'mandate/browser';

import { authenticated, FakeApi, SIGNED_IN } from './support/fake-api.js';
import { Tabs } from './support/tabs.js';

type AnyClient = CookieAuthClient & BodyAuthClient;
type Row = readonly [name: string, call: (client: AnyClient) => Promise<unknown>, request: string, body?: unknown];

const CREDENTIAL = {
  id: 'AQ',
  rawId: 'AQ',
  type: 'public-key',
  response: { clientDataJSON: 'e30', attestationObject: 'oA' },
};
const ANN = { username: 'ann' };

const OPEN: readonly Row[] = [
  ['register', (c) => c.register({ ...ANN, password: 'x' }), 'POST register', { ...ANN, password: 'x' }],
  ['confirmSignUp', (c) => c.confirmSignUp({ ...ANN, code: '1' }), 'POST confirm', { ...ANN, code: '1' }],
  ['resendConfirmationCode', (c) => c.resendConfirmationCode(ANN), 'POST resend-code', ANN],
  ['authenticate', (c) => c.authenticate({ ...ANN, password: 'x' }), 'POST authenticate', { ...ANN, password: 'x' }],
  ['initiateForgotPassword', (c) => c.initiateForgotPassword(ANN), 'POST forgot-password', ANN],
  [
    'confirmForgotPassword',
    (c) => c.confirmForgotPassword({ ...ANN, code: '1', password: 'y' }),
    'POST confirm-forgot-password',
    { ...ANN, code: '1', password: 'y' },
  ],
];

const GUARDED: readonly Row[] = [
  ['getUser', (c) => c.getUser(), 'GET me'],
  ['updateProfile', (c) => c.updateProfile({ attributes: { name: 'A' } }), 'PATCH me', { attributes: { name: 'A' } }],
  ['deleteUser', (c) => c.deleteUser(), 'DELETE me'],
  ['sendVerification', (c) => c.sendVerification({ attribute: 'email' }), 'POST verification', { attribute: 'email' }],
  ['validateVerification', (c) => c.validateVerification({ code: '1' }), 'POST verification/confirm', { code: '1' }],
  ['changePassword', (c) => c.changePassword({ proposedPassword: 'y' }), 'POST password', { proposedPassword: 'y' }],
  ['mfa.factors', (c) => c.mfa.factors(), 'GET mfa'],
  ['mfa.setPreference', (c) => c.mfa.setPreference({ sms: { enabled: true } }), 'PUT mfa', { sms: { enabled: true } }],
  ['mfa.associateSoftwareToken', (c) => c.mfa.associateSoftwareToken(), 'POST mfa/totp', {}],
  ['mfa.verifySoftwareToken', (c) => c.mfa.verifySoftwareToken({ code: '1' }), 'POST mfa/totp/verify', { code: '1' }],
  ['devices.list', (c) => c.devices.list(), 'GET devices'],
  ['devices.remember', (c) => c.devices.remember({ deviceKey: 'a/b' }), 'PATCH devices/a%2Fb', { remembered: true }],
  [
    'devices.doNotRemember',
    (c) => c.devices.doNotRemember({ deviceKey: 'd' }),
    'PATCH devices/d',
    { remembered: false },
  ],
  ['devices.forget', (c) => c.devices.forget({ deviceKey: '../me' }), 'DELETE devices/..%2Fme'],
  ['passkeys.list', (c) => c.passkeys.list(), 'GET passkeys'],
  ['passkeys.startRegistration', (c) => c.passkeys.startRegistration(), 'POST passkeys/start', {}],
  [
    'passkeys.completeRegistration',
    (c) => c.passkeys.completeRegistration({ credential: CREDENTIAL }),
    'POST passkeys/complete',
    { credential: CREDENTIAL },
  ],
  ['passkeys.delete', (c) => c.passkeys.delete({ credentialId: 'p' }), 'DELETE passkeys/p'],
  ['sessions.list', (c) => c.sessions.list(), 'GET sessions'],
  ['sessions.revoke', (c) => c.sessions.revoke({ sessionId: 's' }), 'DELETE sessions/s'],
  [
    'sessions.revoke, linked',
    (c) => c.sessions.revoke({ sessionId: 's', revokeLinked: true }),
    'DELETE sessions/s?revokeLinked=true',
  ],
];

const COOKIE: readonly Row[] = [
  [
    'respondToChallenge',
    (c) => (c as CookieAuthClient).respondToChallenge({ name: 'SMS_MFA', parameters: {} }, { code: '1' }),
    'POST respond',
    { name: 'SMS_MFA', answer: { code: '1' } },
  ],
  [
    'mfa.associateSoftwareToken in a sign-in',
    (c) => (c as CookieAuthClient).mfa.associateSoftwareToken({ name: 'MFA_SETUP', parameters: { choices: [] } }),
    'POST respond/totp',
    {},
  ],
  ['session', (c) => c.session(), 'GET session'],
  ['logout', (c) => c.logout({ everywhere: true }), 'POST logout', { everywhere: true }],
];

const POSED = { username: 'ann', session: 'challenge-session', parameters: {} } as const;
const SETUP = { ...POSED, name: 'MFA_SETUP', parameters: { choices: [] } } as const;
const DEVICE = { key: 'k', groupKey: 'g' };

const BODY: readonly Row[] = [
  [
    'respondToChallenge',
    (c) =>
      (c as BodyAuthClient).respondToChallenge(
        { ...POSED, name: 'SMS_MFA' },
        { code: '1' },
        { device: { ...DEVICE, password: 'p' } },
      ),
    'POST respond',
    { challenge: { ...POSED, name: 'SMS_MFA' }, answer: { code: '1' }, device: { ...DEVICE, password: 'p' } },
  ],
  [
    'mfa.associateSoftwareToken in a sign-in',
    (c) => (c as BodyAuthClient).mfa.associateSoftwareToken(SETUP),
    'POST respond/totp',
    { challenge: SETUP },
  ],
];

const BODY_GUARDED: readonly Row[] = [
  [
    'devices.confirm',
    (c) => (c as BodyAuthClient).devices.confirm({ newDevice: DEVICE, name: 'Laptop' }),
    'POST devices',
    { newDevice: DEVICE, name: 'Laptop' },
  ],
];

const named = (...tables: (readonly Row[])[]) => tables.flat().map((row) => [row[0], row] as const);

describe('a client of the auth API', () => {
  const api = new FakeApi();
  const tabs = new Tabs(api);

  beforeEach(() => {
    api.sent.length = 0;
  });

  afterEach(() => {
    tabs.closeAll();
  });

  const answer = (request: string, body?: unknown) => api.on(request, body === undefined ? { status: 204 } : { body });

  describe('with cookies', () => {
    it.each(named(OPEN, GUARDED, COOKIE))('%s', async (_, [, call, request, body]) => {
      const { client } = tabs.cookie();
      answer(request, { some: 'answer' });
      await call(client as AnyClient);
      const [sent] = api.sent;
      expect(`${sent?.method ?? ''} ${sent?.url ?? ''}`).toBe(request.replace(' ', ' https://app.example.com/auth/'));
      expect(sent?.body).toEqual(body);
      expect(sent?.headers.get('x-mandate-csrf')).toBe(sent?.method === 'GET' ? null : '1');
      expect(sent?.headers.get('authorization')).toBeNull();
    });

    it('takes another name for the header, and other paths', async () => {
      const { client } = tabs.cookie({
        csrfHeader: 'x-own',
        paths: { me: 'account', forgetDevice: '/gone/:deviceKey/now' },
      });
      api.on('GET account', { body: { sub: 'u' } }).on('DELETE gone/d/now', { status: 204 });
      await expect(client.getUser()).resolves.toEqual({ sub: 'u' });
      await expect(client.devices.forget({ deviceKey: 'd' })).resolves.toBeUndefined();
      expect(api.sent.at(-1)?.headers.get('x-own')).toBe('1');
      expect(api.sent.at(-1)?.headers.get('x-mandate-csrf')).toBeNull();
    });

    it('sends cookies to an API of another origin than the page', async () => {
      const { client } = tabs.cookie();
      api.on('GET me', { body: {} });
      await client.getUser();
      expect(api.sent[0]?.credentials).toBe('include');
    });
  });

  describe('with tokens in bodies', () => {
    it.each(named(OPEN, BODY))('%s, without a token', async (_, [, call, request, body]) => {
      const { client } = tabs.body();
      answer(request, { some: 'answer' });
      await call(client as AnyClient);
      expect(api.to(request).map((sent) => sent.body)).toEqual([body]);
      expect(api.sent[0]?.headers.get('authorization')).toBeNull();
      expect(api.sent[0]?.headers.get('x-mandate-csrf')).toBeNull();
      expect(api.sent[0]?.credentials).toBeUndefined();
    });

    it.each(named(GUARDED, BODY_GUARDED))('%s, with the access token', async (_, [, call, request, body]) => {
      const { client } = tabs.body();
      api.on('POST authenticate', authenticated(1));
      await client.signIn({ ...ANN, password: 'x' });
      answer(request, { some: 'answer' });
      await call(client as AnyClient);
      const [sent] = api.to(request);
      expect([sent?.body, sent?.headers.get('authorization')]).toEqual([body, 'Bearer access-1']);
    });

    it('ends a sign-in with its refresh token, and drops the tokens', async () => {
      const { client } = tabs.body();
      api.on('POST authenticate', authenticated(1)).on('POST logout', { status: 204 });
      await client.signIn({ ...ANN, password: 'x' });
      await client.logout({ everywhere: true });
      const [sent] = api.to('POST logout');
      expect(sent?.body).toEqual({ refreshToken: 'refresh-1', everywhere: true });
      expect(sent?.headers.get('authorization')).toBe('Bearer access-1');
      expect(await client.accessToken()).toBeNull();
      await client.logout();
      expect(api.to('POST logout')).toHaveLength(1);
    });
  });

  it('answers a 204 with nothing, and a session of nobody with null', async () => {
    const { client } = tabs.cookie();
    api.on('POST password', { status: 204 }).on('GET session', { text: '' }, { text: 'null' }, { status: 204 });
    await expect(client.changePassword({ proposedPassword: 'y' })).resolves.toBeUndefined();
    expect(await Promise.all([client.session(), client.session(), client.session()])).toEqual([null, null, null]);
  });

  it('returns what the server answers', async () => {
    const { client } = tabs.cookie();
    api.on('POST authenticate', SIGNED_IN);
    expect(await client.authenticate({ ...ANN, password: 'x' })).toEqual(SIGNED_IN.body);
  });
});

describe('the table of routes', () => {
  it('is that of the server', () => {
    const server = Object.entries(AUTH_API_ROUTES).map(([name, route]) => [
      name,
      [route.method, route.path, ...('guarded' in route ? [true] : [])],
    ]);
    expect(ROUTES).toEqual(Object.fromEntries(server));
  });
});
