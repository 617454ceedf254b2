import { otpauthUri } from '../../lib/protocol/otpauth-uri.js';

describe('otpauthUri', () => {
  it('is what authenticator apps read', () => {
    expect(otpauthUri({ issuer: 'Example', account: 'ann@example.com' }, 'JBSWY3DPEHPK3PXP')).toBe(
      'otpauth://totp/Example:ann%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example',
    );
  });

  it('escapes what would end a part early', () => {
    const uri = new URL(otpauthUri({ issuer: 'A&B: C?', account: 'ann/bob' }, 'JBSWY3DPEHPK3PXP'));

    expect(decodeURIComponent(uri.pathname)).toBe('/A&B: C?:ann/bob');
    expect(uri.searchParams.get('issuer')).toBe('A&B: C?');
  });
});
