import fc from 'fast-check';

import { clientSessionKey, createClientKeyPair } from '../../../lib/protocol/srp/client.js';
import { createDeviceSecret } from '../../../lib/protocol/srp/device.js';
import { GROUP_PRIME, GROUP_PRIME_HEX } from '../../../lib/protocol/srp/group.js';
import { integerFromBytes, integerToHex, signedBytes } from '../../../lib/protocol/srp/integers.js';
import { modularPower, modularPowerByBigInt, modularPowerByOpenSsl } from '../../../lib/protocol/srp/modular-power.js';
import {
  createServerKeyPair,
  createVerifier,
  serverSessionKey,
  signaturesMatch,
  verifierMatches,
} from '../../../lib/protocol/srp/server.js';
import { assertScrambling } from '../../../lib/protocol/srp/session-key.js';
import { SrpProtocolError } from '../../../lib/protocol/srp/srp-error.js';

const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 64 });
const identity = fc.record({ realm: fc.stringMatching(/^[A-Za-z0-9]{1,20}$/), userId: anyText });
/** Salts of 16 bytes whose first bytes are often 0, and often have the top bit set. */
const salt = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map(([zeros, bytes]) => Buffer.from(bytes).fill(0, 0, zeros).toString('hex'));

function exchange(user: { realm: string; userId: string }, stored: string, typed: string, saltHex: string) {
  const verifier = createVerifier(user, stored, saltHex);
  const server = createServerKeyPair(verifier.verifierHex);
  const client = createClientKeyPair();
  const parameters = { serverPublicHex: server.publicHex, saltHex: verifier.saltHex };
  return {
    client: clientSessionKey(client, parameters, user, typed).toString('hex'),
    server: serverSessionKey(server, client.publicHex, verifier.verifierHex).toString('hex'),
  };
}

describe('client and server', () => {
  it('derive the same key for any password, user id and salt', () => {
    fc.assert(
      fc.property(identity, anyText, salt, (user, password, saltHex) => {
        const keys = exchange(user, password, password, saltHex);
        expect(keys.client).toBe(keys.server);
      }),
      { numRuns: 150 },
    );
  });

  it('derive different keys for different passwords', () => {
    fc.assert(
      fc.property(identity, anyText, anyText, salt, (user, stored, typed, saltHex) => {
        fc.pre(Buffer.compare(Buffer.from(stored), Buffer.from(typed)) !== 0);
        const keys = exchange(user, stored, typed, saltHex);
        expect(keys.client).not.toBe(keys.server);
      }),
      { numRuns: 60 },
    );
  });

  it('agree on a device secret made by the client', () => {
    const device = createDeviceSecret('-a1B2c3D4', 'eu-west-1_11111111-2222-4333-8444-555555555555');
    const read = (text: string) => integerToHex(integerFromBytes(Buffer.from(text, 'base64')));
    const verifierHex = read(device.verifierConfig.PasswordVerifier);
    const server = createServerKeyPair(verifierHex);
    const client = createClientKeyPair();
    const clientKey = clientSessionKey(
      client,
      { serverPublicHex: server.publicHex, saltHex: read(device.verifierConfig.Salt) },
      { realm: '-a1B2c3D4', userId: 'eu-west-1_11111111-2222-4333-8444-555555555555' },
      device.password,
    );
    expect(Buffer.from(device.password, 'base64')).toHaveLength(40);
    expect(clientKey).toEqual(serverSessionKey(server, client.publicHex, verifierHex));
  });
});

describe('modular power', () => {
  const base = fc.bigInt({ min: 0n, max: GROUP_PRIME - 1n });
  const exponent = fc.oneof(fc.bigInt({ min: 0n, max: 64n }), fc.bigInt({ min: 0n, max: 1n << 512n }));

  it('is the same through OpenSSL and through BigInt', () => {
    fc.assert(
      fc.property(base, exponent, (b, e) => {
        expect(modularPower(b, e)).toBe(modularPowerByBigInt(b, e));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [0n, 0n, 1n],
    [0n, 5n, 0n],
    [1n, 5n, 1n],
    [2n, 0n, 1n],
    [2n, 1n, 2n],
    [2n, 2n, 4n],
    [2n, 10n, 1024n],
    [GROUP_PRIME - 1n, 3n, GROUP_PRIME - 1n],
    [GROUP_PRIME - 1n, 4n, 1n],
    [GROUP_PRIME, 4n, 0n],
    [-2n, 3n, GROUP_PRIME - 8n],
  ])('of %p to the %p', (b, e, expected) => {
    expect(modularPower(b, e)).toBe(expected);
  });

  it('uses OpenSSL on this Node, not the fallback', () => {
    expect(modularPowerByOpenSsl(5n, 65537n)).toBe(modularPowerByBigInt(5n, 65537n));
  });

  it('refuses a negative exponent', () => {
    expect(() => modularPower(2n, -1n)).toThrow(RangeError);
  });
});

describe('values that the protocol forbids', () => {
  const user = { realm: 'pool', userId: 'ann' };
  const verifier = createVerifier(user, 'secret');
  const client = createClientKeyPair();
  const withServerPublic = (serverPublicHex: string) => () =>
    clientSessionKey(client, { serverPublicHex, saltHex: verifier.saltHex }, user, 'secret');
  const withClientPublic = (publicHex: string) => () =>
    serverSessionKey(createServerKeyPair(verifier.verifierHex), publicHex, verifier.verifierHex);

  it.each([
    ['0', '0'],
    ['N', GROUP_PRIME_HEX],
    ['2N', (GROUP_PRIME * 2n).toString(16)],
  ])('A or B equal to %s is refused', (_, value) => {
    expect(withServerPublic(value)).toThrow(SrpProtocolError);
    expect(withClientPublic(value)).toThrow(SrpProtocolError);
  });

  it.each(['', 'xyz', '-1', '0x10', '12 34'])('A, B or a salt that is not hexadecimal (%p) is refused', (value) => {
    expect(withServerPublic(value)).toThrow(SrpProtocolError);
    expect(withClientPublic(value)).toThrow(SrpProtocolError);
    expect(() => clientSessionKey(client, { serverPublicHex: '2', saltHex: value }, user, 'secret')).toThrow(
      SrpProtocolError,
    );
  });

  it('u equal to 0 is refused', () => {
    expect(() => {
      assertScrambling(0n);
    }).toThrow(expect.objectContaining({ code: 'SRP_PROTOCOL_VIOLATED' }));
  });

  it('a random source of zeros is refused', () => {
    expect(() => createClientKeyPair((size) => Buffer.alloc(size))).toThrow(SrpProtocolError);
  });

  it('no error shows a value of the exchange', () => {
    const message = messageOf(withServerPublic('deadbeefxyz'));
    expect(message).not.toContain('deadbeef');
  });
});

describe('padding', () => {
  it.each([
    [0n, '00'],
    [0x7fn, '7f'],
    [0x80n, '0080'],
    [0xfn, '0f'],
    [0x100n, '0100'],
    [0xffffn, '00ffff'],
  ])('of %p is %s', (value, hex) => {
    expect(signedBytes(value).toString('hex')).toBe(hex);
  });
});

describe('on the server', () => {
  it('a verifier tells the right password from a wrong one', () => {
    const user = { realm: 'pool', userId: 'ann' };
    const verifier = createVerifier(user, 'right');
    expect(verifierMatches(verifier, user, 'right')).toBe(true);
    expect(verifierMatches(verifier, user, 'wrong')).toBe(false);
    expect(verifierMatches(verifier, { ...user, userId: 'bob' }, 'right')).toBe(false);
  });

  it('signatures are compared whole', () => {
    expect(signaturesMatch('aGVsbG8=', 'aGVsbG8=')).toBe(true);
    expect(signaturesMatch('aGVsbG8=', 'aGVsbG9v')).toBe(false);
    expect(signaturesMatch('aGVsbG8=', '')).toBe(false);
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('Expected an error.');
}
