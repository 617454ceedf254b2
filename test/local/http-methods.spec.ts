import { LocalCognito } from '../../lib/local/local-cognito.js';
import { rawRequest } from './raw-request.js';
import { signingKeysPem } from './signing-keys.js';

const WELL_KNOWN = '/us-east-1_People001/.well-known';

describe('the methods of the paths', () => {
  let cognito: LocalCognito;
  let port: number;

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: [{ name: 'people', id: 'us-east-1_People001', domain: 'people', keys: signingKeysPem() }],
    });
    ({ port } = cognito);
  });

  afterAll(() => cognito.stop());

  it('tell a health check that all is well', async () => {
    const { status, headers, body } = await rawRequest(port, { path: '/health' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(JSON.parse(body)).toEqual({ status: 'ok' });
  });

  it.each([
    '/health',
    `${WELL_KNOWN}/jwks.json`,
    `${WELL_KNOWN}/openid-configuration`,
    '/us-east-1_none/.well-known/jwks.json',
    '/error?error=invalid_request',
    '/login?client_id=none',
    '/oauth2/userInfo',
    '/oauth2/idpresponse',
    '/__idp/Google',
    '/__local/pools',
    '/nowhere',
  ])('answer HEAD %s as GET, without the body', async (path) => {
    const [get, head] = [await rawRequest(port, { path }), await rawRequest(port, { method: 'HEAD', path })];
    expect(head.status).toBe(get.status);
    expect(head.body).toBe('');
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
    expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(get.body));
  });

  it.each([
    ['/', 'PUT', 'GET, HEAD, POST, OPTIONS'],
    ['/', 'DELETE', 'GET, HEAD, POST, OPTIONS'],
    ['/health', 'POST', 'GET, HEAD'],
    ['/health', 'DELETE', 'GET, HEAD'],
    [`${WELL_KNOWN}/jwks.json`, 'POST', 'GET, HEAD'],
    [`${WELL_KNOWN}/openid-configuration`, 'PUT', 'GET, HEAD'],
    ['/oauth2/token', 'GET', 'POST'],
    ['/oauth2/token', 'HEAD', 'POST'],
    ['/login', 'PATCH', 'GET, HEAD, POST'],
    ['/oauth2/idpresponse', 'DELETE', 'GET, HEAD, POST'],
    ['/saml2/idpresponse', 'PUT', 'GET, HEAD, POST'],
    ['/__idp/Google', 'PUT', 'GET, HEAD, POST'],
  ])('%s refuses %s and allows %s', async (path, method, allow) => {
    expect(await rawRequest(port, { path, method })).toMatchObject({ status: 405, headers: { allow } });
  });

  it('answer HEAD of the stream of events at once', async () => {
    const { status, headers, body } = await rawRequest(port, { method: 'HEAD', path: '/__local/events' });
    expect([status, headers['content-type'], body]).toEqual([200, 'text/event-stream; charset=utf-8', '']);
  });

  it('leave unknown paths unknown', async () => {
    for (const path of ['/healthz', '/health/', '/us-east-1_People001', `${WELL_KNOWN}/other`]) {
      expect(await rawRequest(port, { path })).toMatchObject({ status: 404 });
    }
  });
});
