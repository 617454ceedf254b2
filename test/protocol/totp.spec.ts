import { decodeBase32, encodeBase32, totpCode, totpStep } from '../../lib/protocol/totp.js';

describe('base32', () => {
  // RFC 4648 section 10, padding left out.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes and reads %j as %j', (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded);
    expect(decodeBase32(encoded).toString()).toBe(text);
  });

  it('reads what people copy: small letters, spaces and padding', () => {
    expect(decodeBase32('mzxw 6ytb oi======').toString()).toBe('foobar');
  });

  it('refuses other letters', () => {
    expect(() => decodeBase32('MZXW1')).toThrow(SyntaxError);
  });

  it('makes 52 letters of 32 bytes', () => {
    expect(encodeBase32(Buffer.alloc(32, 0xff))).toMatch(/^[A-Z2-7]{52}$/);
  });
});

describe('totpCode', () => {
  const secret = encodeBase32(Buffer.from('12345678901234567890'));

  // RFC 6238 appendix B has 8 digits; the 6-digit code of the same moment is their end.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('gives the code of RFC 6238 at second %i', (seconds, code) => {
    expect(totpCode(secret, totpStep(seconds * 1000))).toBe(code.slice(-6));
  });

  // RFC 4226 appendix D.
  it.each([
    [0, '755224'],
    [1, '287082'],
    [5, '254676'],
    [9, '520489'],
  ])('gives the code of RFC 4226 for counter %i', (counter, code) => {
    expect(totpCode(secret, counter)).toBe(code);
  });

  it('changes with each half minute', () => {
    expect(totpStep(29_999)).toBe(0);
    expect(totpStep(30_000)).toBe(1);
  });
});
