import fc from 'fast-check';

import { ReturnTo } from '../../../lib/http/oauth/return-to.js';

const origin = 'https://app.example.com';
const returnTo = new ReturnTo({ origin, default: '/home', refuse: ['/auth/login', '/auth/callback', '/auth/logout'] });

describe('ReturnTo', () => {
  it.each([
    ['/', '/'],
    ['/orders/7?tab=a%20b#top', '/orders/7?tab=a%20b#top'],
    [`${origin}/orders`, '/orders'],
    ['/a/../b', '/b'],
    ['/search?q=//evil', '/search?q=//evil'],
    ['/user@example.com', '/user@example.com'],
    ['/auth/loginhelp', '/auth/loginhelp'],
    ['/straße', '/stra%C3%9Fe'],
  ])('returns to %s', (target, path) => {
    expect(returnTo.resolve(target)).toBe(path);
  });

  it.each([
    '//evil',
    '///evil',
    '/\\evil',
    '\\\\evil',
    '\\/evil',
    'https:evil',
    'https:/evil',
    'https://evil',
    `${origin}.evil`,
    `${origin}@evil/`,
    'https://app.example.com:444/x',
    'http://app.example.com/x',
    '/%5cevil',
    '/%5Cevil',
    '/%2fevil',
    '/%2Fevil',
    '/..//evil',
    '/.//evil',
    '/a/..//evil',
    '/%0d%0aSet-Cookie:x',
    '/%0aSet-Cookie:x',
    '/%00',
    '/\r\nSet-Cookie:x',
    '/\tevil',
    '/ evil',
    ' /evil',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'https://user@app.example.com/x',
    'https://user:password@app.example.com/x',
    'evil',
    'evil.example',
    '?x',
    '#x',
    '',
    `/${'a'.repeat(2_000)}`,
    // 9,000 characters once it is encoded.
    `/${'日'.repeat(1_000)}`,
    '/auth/login',
    '/auth/login?returnTo=/x',
    '/auth/callback?code=x',
    '/auth/logout',
    ['/a', '/b'],
    { toString: () => '/a' },
    undefined,
    null,
    7,
  ])('goes to the default for %j', (target) => {
    expect(returnTo.resolve(target)).toBe('/home');
  });

  it('returns to the listed paths only, and to those below them', () => {
    const listed = new ReturnTo({ origin, default: '/home', allow: ['/app', '/help/'], refuse: [] });
    expect(['/app', '/app/x?y', '/help/', '/help/x'].map((path) => listed.resolve(path))).toEqual([
      '/app',
      '/app/x?y',
      '/help/',
      '/help/x',
    ]);
    expect(['/application', '/app/../x', '/', '/help'].map((path) => listed.resolve(path))).toEqual(
      Array(4).fill('/home'),
    );
  });

  it('never leaves the own origin, whatever the text', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '//',
      '@',
      ':',
      '.',
      '..',
      'evil',
      'https:',
      '%2f',
      '%5c',
      '%0a',
      '?',
      '#',
      '\t',
      origin,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = returnTo.resolve(parts.join(''));
        expect(new URL(path, origin).origin).toBe(origin);
        expect(path).toMatch(/^\/(?!\/)/);
      }),
    );
  });
});
