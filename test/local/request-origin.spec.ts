import { hostname, networkInterfaces } from 'node:os';

import { LocalCognito } from '../../lib/local/local-cognito.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { listPools, rawRequest } from './raw-request.js';
import { signingKeysPem } from './signing-keys.js';

const CALLBACK = 'http://localhost:3000/callback';
const AUTHORIZE = `/oauth2/authorize?client_id=web&response_type=code&redirect_uri=${encodeURIComponent(CALLBACK)}`;
const POOL: LocalPoolOptions = {
  name: 'people',
  id: 'us-east-1_People001',
  keys: signingKeysPem(),
  clients: [
    {
      name: 'web',
      id: 'web',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [CALLBACK],
      LogoutURLs: [CALLBACK],
    },
  ],
};

describe('the check of where requests come from', () => {
  let cognito: LocalCognito;
  let port: number;

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: [POOL],
      issuer: 'https://login.test',
      allowedOrigins: ['https://app.test', 'http://tools.test:8080', 'capacitor://localhost'],
    });
    ({ port } = cognito);
  });

  afterAll(() => cognito.stop());

  it.each([
    'localhost',
    'LOCALHOST:1',
    'shop.localhost',
    'shop.auth.localhost:9229',
    '127.0.0.1',
    '127.8.9.10:80',
    '[::1]:9229',
    '[::ffff:127.0.0.1]',
    'host.docker.internal:9229',
    'login.test',
    'app.test',
    'tools.test:9229',
  ])('lets the host %s pass', async (host) => {
    expect(await listPools(port, { host })).toMatchObject({ status: 200 });
  });

  it.each([
    'evil.example',
    'evil.example:9229',
    'localhost.evil.example',
    'evillocalhost',
    '127.0.0.1.evil.example',
    'evil.test',
    'login.test.evil.example',
    'login.test@evil.example',
    'localhost.',
    '10.0.0.1',
    'a b',
  ])('refuses the host "%s", which a name server of somebody else may lead here', async (host) => {
    const { status, headers, body } = await listPools(port, { host });
    expect([status, headers['x-amzn-errortype']]).toEqual([403, 'ForbiddenException:']);
    expect(JSON.parse(body)).toEqual({
      __type: 'ForbiddenException',
      message: expect.stringMatching(/^This server does not answer to the name ".*", .*allow it: --allow-origin http/),
    });
  });

  it('refuses such a host on every path, also of a page that is its own', async () => {
    const host = 'evil.example';
    for (const path of [
      '/',
      '/health',
      '/us-east-1_People001/.well-known/jwks.json',
      AUTHORIZE,
      '/login',
      '/nowhere',
    ]) {
      const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
      expect([path, (await rawRequest(port, { path, headers })).status]).toEqual([path, 403]);
    }
  });

  it.each([
    'http://localhost:5173',
    'https://localhost',
    'http://app.localhost:3000',
    'http://127.0.0.1:8080',
    'http://[::1]:3000',
    'https://app.test',
    'https://APP.test:443',
    'http://tools.test:8080',
    'capacitor://localhost',
  ])('lets pages of %s call it, and read the answer', async (origin) => {
    const preflight = await rawRequest(port, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-headers': 'x-amz-target',
        'access-control-request-private-network': 'true',
      },
    });
    expect(preflight).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'x-amz-target',
        'access-control-allow-private-network': 'true',
      },
    });
    expect(await listPools(port, { origin, 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': '*', vary: 'Origin' },
    });
  });

  it.each([
    'https://evil.example',
    'http://app.test',
    'https://app.test:8443',
    'https://app.test.evil.example',
    'http://localhost.evil.example',
    'http://evillocalhost',
    'null',
    'file://',
    'chrome-extension://abcdefghijklmnop',
    'http://10.0.0.1',
    'nonsense',
    '',
  ])('refuses pages of "%s", which cannot read the answer either', async (origin) => {
    const sent = [
      await listPools(port, { origin }),
      await listPools(port, { origin, 'content-type': 'text/plain' }),
      await rawRequest(port, { method: 'OPTIONS', headers: { origin } }),
      await rawRequest(port, { method: 'OPTIONS', path: '/oauth2/token', headers: { origin } }),
      await rawRequest(port, { method: 'POST', path: '/oauth2/token', headers: { origin } }),
      await rawRequest(port, { path: '/us-east-1_People001/.well-known/jwks.json', headers: { origin } }),
      await rawRequest(port, { path: AUTHORIZE, headers: { origin } }),
    ];
    for (const { status, headers, body } of sent) {
      expect(status).toBe(403);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(JSON.parse(body)).toMatchObject({ __type: 'ForbiddenException' });
    }
  });

  it('says which option helps', async () => {
    const { body } = await listPools(port, { origin: 'https://other.test:8443' });
    expect(JSON.parse(body)).toEqual({
      __type: 'ForbiddenException',
      message:
        'Pages of "https://other.test:8443" may not call this server. If the page is yours, allow it: --allow-origin https://other.test:8443 of mandate local, or the option allowedOrigins.',
    });
  });

  it('lets a page of its own call it', async () => {
    const host = 'login.test';
    expect(await listPools(port, { host, origin: 'https://login.test' })).toMatchObject({ status: 200 });
    expect(await listPools(port, { host, origin: 'https://login.test:8443' })).toMatchObject({ status: 403 });
  });

  it('changes nothing for a form that another site sends', async () => {
    const form = { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const answers = await Promise.all(
      [{ origin: 'https://evil.example' }, { origin: 'null' }, {}].map((headers) =>
        rawRequest(port, {
          method: 'POST',
          headers: { ...form, ...headers, 'x-amz-target': 'AWSCognitoIdentityProviderService.DeleteUserPool' },
          body: '{"UserPoolId":"us-east-1_People001"}',
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(cognito.pools).toHaveLength(1);
  });

  it('lets links and redirects of other sites lead to the pages', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(await rawRequest(port, { path: AUTHORIZE, headers })).toMatchObject({ status: 302 });
    expect(await rawRequest(port, { path: '/logout?client_id=web', headers })).toMatchObject({ status: 302 });
  });

  it.each([
    ['an image', 'no-cors', 'cross-site'],
    ['a script of a neighbour', 'no-cors', 'same-site'],
  ])('refuses %s of another site', async (_what, mode, site) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode };
    expect(await rawRequest(port, { path: AUTHORIZE, headers })).toMatchObject({ status: 403 });
  });

  it('takes the forms of its own pages, which have no origin as they send no referrer', async () => {
    const path = AUTHORIZE.replace('/oauth2/authorize', '/login');
    const status = async (headers: Readonly<Record<string, string>>, target = path) =>
      (await rawRequest(port, { method: 'POST', path: target, headers })).status;
    expect(await status({ origin: 'null', 'sec-fetch-site': 'same-origin' })).not.toBe(403);
    // Over plain HTTP on another machine browsers do not send Sec-Fetch-Site.
    expect(await status({ origin: 'null' })).not.toBe(403);
    expect(await status({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await status({ origin: 'null' }, '/')).toBe(403);
    expect(await status({ origin: 'null' }, '/oauth2/token')).toBe(403);
  });

  it('prints names as they can be printed', async () => {
    const { body } = await listPools(port, { origin: `https://${'x'.repeat(5_000)}` });
    expect(body.length).toBeLessThan(700);
  });

  it.each([
    [['http://app.test/path'], 'allowedOrigins[0]'],
    [['https://app.test', 'app.test'], 'allowedOrigins[1]'],
    [['*'], 'allowedOrigins[0]'],
    [['https://*.test'], 'allowedOrigins[0]'],
    [['null'], 'allowedOrigins[0]'],
    [[7], 'allowedOrigins[0]'],
    ['https://app.test', 'allowedOrigins'],
  ])('rejects the option %j', async (allowedOrigins, name) => {
    await expect(LocalCognito.start({ allowedOrigins: allowedOrigins as string[] })).rejects.toThrow(
      `"${name}" must be an`,
    );
  });
});

describe('the check of a server that other machines reach', () => {
  let cognito: LocalCognito;

  beforeAll(async () => {
    cognito = await LocalCognito.start({ host: '0.0.0.0', pools: [POOL] });
  });

  afterAll(() => cognito.stop());

  it.each(['10.1.2.3:9229', '[fd00::1]:9229', '0.0.0.0', 'localhost', hostname()])(
    'lets the host %s pass: addresses cannot be led elsewhere',
    async (host) => {
      expect(await listPools(cognito.port, { host })).toMatchObject({ status: 200 });
    },
  );

  it('refuses names that it does not know, and pages of other machines', async () => {
    expect(await listPools(cognito.port, { host: 'evil.example' })).toMatchObject({ status: 403 });
    const pages = { host: '10.1.2.3:9229', origin: 'http://10.1.2.3:5173' };
    expect(await listPools(cognito.port, pages)).toMatchObject({ status: 403 });
    expect(await listPools(cognito.port, { ...pages, origin: 'http://10.1.2.3:9229' })).toMatchObject({ status: 200 });
  });

  it('names its addresses, and the first of them that others reach as issuer', () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => `http://${address}:${cognito.port}`);
    expect(cognito.addresses).toEqual([cognito.endpoint, ...others]);
    expect(cognito.endpoint).toBe(`http://127.0.0.1:${cognito.port}`);
    expect(cognito.isOpenToOthers).toBe(true);
    expect(cognito.pool().issuer).toBe(`${others[0] ?? cognito.endpoint}/us-east-1_People001`);
  });
});
