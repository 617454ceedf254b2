import { createHash, getDiffieHellman } from 'node:crypto';

import { clientSessionKey, createClientKeyPair } from '../../../lib/protocol/srp/client.js';
import {
  GROUP_GENERATOR,
  GROUP_MULTIPLIER,
  GROUP_PRIME,
  GROUP_PRIME_BYTES,
  GROUP_PRIME_HEX,
} from '../../../lib/protocol/srp/group.js';
import { innerHash, privateKey, srpRealmOfPool } from '../../../lib/protocol/srp/identity.js';
import {
  hashToInteger,
  integerFromHex,
  integerToHex,
  modulo,
  signedBytes,
} from '../../../lib/protocol/srp/integers.js';
import { modularPower } from '../../../lib/protocol/srp/modular-power.js';
import {
  deriveSessionKey,
  passwordClaimSignature,
  scramblingParameter,
} from '../../../lib/protocol/srp/session-key.js';
import { createServerKeyPair, createVerifier, serverSessionKey } from '../../../lib/protocol/srp/server.js';
import { formatSrpTimestamp } from '../../../lib/protocol/srp/timestamp.js';

/** One exchange with every intermediate value; large ones by the SHA-256 of their lower-case hexadecimal text. */
const vector = {
  identity: { realm: 'abcdEFGH1', userId: '3f1c2b9e-0000-4000-8000-00000000abcd' },
  password: 'Correct-Horse-9',
  salt: 'f1e2d3c4b5a69788796a5b4c3d2e1f0',
  a: '11'.repeat(128),
  b: '22'.repeat(32),
  inner: 'd31a48922416e6f31281a1f8064d7dad5309a25f2bd7b6c1406ec334872d2339',
  x: 'e0f35c65cfe2503f71360fda6b32f018dc0657eb3f5ff18fb913193a5275ed03',
  u: 'ad3924bcaae17810e512ea2e69f5aa52a0e46e1d5eb5a99bac63e50b9e81afee',
  hashOfVerifier: '127e3ee59e0d7e883f91780fa1ba3705cef8edb7e6cce36f04d34f7d778b3e56',
  hashOfA: '91441e9967eb395f8ca333b101ec56f3eb23bea1baf5070844c425f5a0f03e93',
  hashOfB: '9d11d4451af789bff861d781556e206042e86573e32d8e9586392aa21145b8b8',
  hashOfS: 'fb8a1a9fbedf9236ecea8503dbf438d371155f62d0af027e78e151dd694dfd11',
  key: 'a8ad59958a01133a93db9b540ada2466',
  secretBlock: 'c2VjcmV0LWJsb2NrLWJ5dGVz',
  signature: 'HD1JnGumUMp81VlIkgmbePiiXt4p40iAmrm18KtdeFE=',
};

const hashOfText = (text: string) => createHash('sha256').update(text).digest('hex');
const clientPublic = modularPower(GROUP_GENERATOR, integerFromHex(vector.a));
const { verifierHex } = createVerifier(vector.identity, vector.password, vector.salt);
const serverKeyPair = createServerKeyPair(verifierHex, () => Buffer.from(vector.b, 'hex'));

describe('the group', () => {
  it('is RFC 3526 group 15', () => {
    expect(GROUP_PRIME_HEX).toBe(getDiffieHellman('modp15').getPrime('hex'));
    expect(GROUP_PRIME_BYTES).toBe(384);
    expect(GROUP_GENERATOR).toBe(2n);
  });

  it('has the multiplier k = H(PAD(N) | PAD(g))', () => {
    expect(hashToInteger(signedBytes(GROUP_PRIME), signedBytes(GROUP_GENERATOR))).toBe(GROUP_MULTIPLIER);
  });
});

describe('an exchange, step by step', () => {
  it('takes the realm from the pool id', () => {
    expect(srpRealmOfPool('eu-west-1_abcdEFGH1')).toBe(vector.identity.realm);
  });

  it('hashes realm, user and password', () => {
    expect(innerHash(vector.identity, vector.password).toString('hex')).toBe(vector.inner);
  });

  it('derives the private key x', () => {
    expect(integerToHex(privateKey(vector.identity, vector.password, integerFromHex(vector.salt)))).toBe(vector.x);
  });

  it('makes the verifier v', () => {
    expect(hashOfText(verifierHex)).toBe(vector.hashOfVerifier);
  });

  it('makes the public values A and B', () => {
    expect(hashOfText(integerToHex(clientPublic))).toBe(vector.hashOfA);
    expect(hashOfText(serverKeyPair.publicHex)).toBe(vector.hashOfB);
  });

  it('derives the scrambling parameter u', () => {
    expect(integerToHex(scramblingParameter(clientPublic, integerFromHex(serverKeyPair.publicHex)))).toBe(vector.u);
  });

  it('arrives at the premaster secret S and the key', () => {
    const x = integerFromHex(vector.x);
    const base = modulo(
      integerFromHex(serverKeyPair.publicHex) - GROUP_MULTIPLIER * modularPower(GROUP_GENERATOR, x),
      GROUP_PRIME,
    );
    const premaster = modularPower(base, integerFromHex(vector.a) + integerFromHex(vector.u) * x);
    expect(hashOfText(integerToHex(premaster))).toBe(vector.hashOfS);
    expect(deriveSessionKey(premaster, integerFromHex(vector.u)).toString('hex')).toBe(vector.key);
  });

  it('gives client and server the same key', () => {
    const keyPair = { secret: integerFromHex(vector.a), publicHex: integerToHex(clientPublic) };
    const server = { serverPublicHex: serverKeyPair.publicHex, saltHex: vector.salt };
    expect(clientSessionKey(keyPair, server, vector.identity, vector.password).toString('hex')).toBe(vector.key);
    expect(serverSessionKey(serverKeyPair, keyPair.publicHex, verifierHex).toString('hex')).toBe(vector.key);
  });

  it('signs the password claim', () => {
    const timestamp = formatSrpTimestamp(new Date(Date.UTC(2026, 10, 3, 4, 5, 6)));
    expect(timestamp).toBe('Tue Nov 3 04:05:06 UTC 2026');
    expect(passwordClaimSignature(Buffer.from(vector.key, 'hex'), vector.identity, vector.secretBlock, timestamp)).toBe(
      vector.signature,
    );
  });
});

describe('createClientKeyPair', () => {
  it('takes 256 bits from the random source', () => {
    const sizes: number[] = [];
    const keyPair = createClientKeyPair((size) => {
      sizes.push(size);
      return Buffer.alloc(size, 0x11);
    });
    expect(sizes).toEqual([32]);
    expect(integerFromHex(keyPair.publicHex)).toBe(modularPower(2n, integerFromHex('11'.repeat(32))));
  });

  it('is different each time', () => {
    expect(createClientKeyPair().publicHex).not.toBe(createClientKeyPair().publicHex);
  });
});
