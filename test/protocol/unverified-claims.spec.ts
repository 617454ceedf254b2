import { readUnverifiedClaims } from '../../lib/protocol/unverified-claims.js';

const token = (payload: string): string => `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;

describe('readUnverifiedClaims', () => {
  it('reads the claims', () => {
    expect(readUnverifiedClaims(token('{"username":"änn"}'))).toEqual({ username: 'änn' });
  });

  it.each([
    ['nothing', ''],
    ['one part', 'abc'],
    ['two parts', 'abc.def'],
    ['four parts', 'a.b.c.d'],
    ['no JSON', token('{')],
    ['a list', token('[]')],
    ['null', token('null')],
    ['no base64', 'a.%%%.c'],
  ])('reads nothing from %s', (_, text) => {
    expect(readUnverifiedClaims(text)).toBeUndefined();
  });
});
