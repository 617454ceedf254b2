import { hkdfSync } from 'node:crypto';

import { CompactEncrypt, compactDecrypt } from 'jose';

import { Seal, sealedLength } from '../../../lib/http/session/seal.js';

const SECRET = 'a secret of more than 32 characters, for tests';
const OLD_SECRET = 'an older secret of more than 32 characters';
const PURPOSE = 'session';
const NAME = '__Host-Http-mandate';

/** As RFC 5869 and the documentation say, without any code of this package. */
const keyOf = (info: string, length = 32, secret = SECRET) =>
  new Uint8Array(hkdfSync('sha256', secret, '', `mandate ${info}`, length));

const kid = Buffer.from(keyOf(`kid ${PURPOSE} ${NAME}`, 9)).toString('base64url');
const content = { sid: 'x', claims: { name: 'Zoë 🦊' } };

describe('Seal', () => {
  const seal = new Seal([SECRET, OLD_SECRET], PURPOSE, NAME);

  it('seals what jose opens with a key by HKDF', async () => {
    const { plaintext, protectedHeader } = await compactDecrypt(await seal.seal(content), keyOf(`${PURPOSE} ${NAME}`));
    expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', kid });
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(content);
  });

  it('opens what jose seals with that key', async () => {
    const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
      .encrypt(keyOf(`${PURPOSE} ${NAME}`));
    expect(await seal.open(sealed)).toEqual(content);
  });

  it('knows the length of what it seals', async () => {
    expect(sealedLength(content)).toBe((await seal.seal(content)).length);
  });

  it('seals the same content differently each time', async () => {
    expect(await seal.seal(content)).not.toBe(await seal.seal(content));
  });

  it('opens with every secret, and seals with the first', async () => {
    const before = await new Seal([OLD_SECRET], PURPOSE, NAME).seal(content);
    expect(await seal.open(before)).toEqual(content);
    expect(await new Seal([OLD_SECRET], PURPOSE, NAME).open(await seal.seal(content))).toBeUndefined();
  });

  it.each([
    ['another purpose', new Seal([SECRET], 'login', NAME)],
    ['another name', new Seal([SECRET], PURPOSE, '__Host-Http-mandate-staff')],
    ['another secret', new Seal([OLD_SECRET.toUpperCase()], PURPOSE, NAME)],
  ])('does not open what was sealed for %s', async (_, other) => {
    expect(await seal.open(await other.seal(content))).toBeUndefined();
  });

  it('does not open anything that was changed', async () => {
    const sealed = await seal.seal(content);
    const [header = '', , iv = '', text = '', tag = ''] = sealed.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged = [
      '',
      'x',
      '.....',
      sealed.slice(0, -1),
      `${sealed}.x`,
      `${header}..${iv}.${text.slice(4)}.${tag}`,
      `${header}.x.${iv}.${text}.${tag}`,
      `${none}..${iv}.${text}.${tag}`,
      `${header}..${iv}.${text}.`,
      `${header}....`,
    ];
    for (const value of forged) {
      expect(await seal.open(value)).toBeUndefined();
    }
  });

  it('opens no header but its own, though the key is right', async () => {
    const sealed = await new CompactEncrypt(new TextEncoder().encode('{}'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'another' })
      .encrypt(keyOf(`${PURPOSE} ${NAME}`));
    expect(await seal.open(sealed)).toBeUndefined();
  });
});
