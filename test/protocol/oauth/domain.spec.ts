import { domainEndpoints, domainUrl, isRegistrableUri } from '../../../lib/protocol/oauth/domain.js';

describe('domainUrl', () => {
  it.each([
    ['auth.example.com', 'https://auth.example.com'],
    ['my-pool.auth.eu-west-1.amazoncognito.com', 'https://my-pool.auth.eu-west-1.amazoncognito.com'],
    ['https://auth.example.com', 'https://auth.example.com'],
    ['https://auth.example.com/', 'https://auth.example.com'],
    ['https://AUTH.example.com:8443', 'https://auth.example.com:8443'],
    ['http://127.0.0.1:9229', 'http://127.0.0.1:9229'],
    ['http://localhost', 'http://localhost'],
    ['http://[::1]:9229', 'http://[::1]:9229'],
  ])('takes %s', (text, origin) => {
    expect(domainUrl(text)?.origin).toBe(origin);
  });

  it.each([
    '',
    'http://auth.example.com',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'https://auth.example.com/oauth2/authorize',
    'auth.example.com/login',
    'https://auth.example.com?a=b',
    'https://auth.example.com#a',
    'https://user@auth.example.com',
    'user@auth.example.com',
    'ftp://auth.example.com',
    'javascript://auth.example.com',
    'https:/\\auth.example.com',
    'auth.example.com\\evil',
    'auth example com',
    'https://',
  ])('refuses %p', (text) => {
    expect(domainUrl(text)).toBeUndefined();
  });

  it('leads to the endpoints of Cognito', () => {
    expect(domainEndpoints(new URL('https://auth.example.com/'))).toEqual({
      authorization: 'https://auth.example.com/oauth2/authorize',
      token: 'https://auth.example.com/oauth2/token',
      userInfo: 'https://auth.example.com/oauth2/userInfo',
      revocation: 'https://auth.example.com/oauth2/revoke',
      logout: 'https://auth.example.com/logout',
      signup: 'https://auth.example.com/signup',
      forgotPassword: 'https://auth.example.com/forgotPassword',
      passkeys: 'https://auth.example.com/passkeys/add',
    });
  });
});

describe('isRegistrableUri', () => {
  it.each([
    'https://a.example/b?c=d',
    'http://localhost:3000/a',
    'http://127.0.0.1/',
    'http://[::1]:1/',
    'com.app://cb',
  ])('takes %s', (uri) => {
    expect(isRegistrableUri(uri)).toBe(true);
  });

  it.each([
    'http://a.example',
    'https://a.example/#b',
    '/auth/callback',
    'javascript:alert(1)',
    'data:text/html,a',
    'file:///etc/passwd',
    'https://a.example/ b',
    '',
    undefined,
    7,
  ])('refuses %p', (uri) => {
    expect(isRegistrableUri(uri)).toBe(false);
  });
});
