import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

import type { CredentialCreationOptionsJson, CredentialRequestOptionsJson } from '../../lib/protocol/web-authn.js';
import { type CborValue, encodeCbor } from './cbor.js';
import { RSA_2048 } from './fixtures/rsa-keys.js';

type Algorithm = 'ES256' | 'RS256' | 'EdDSA';

/** What this authenticator does differently from a good one. */
export interface AuthenticatorBehaviour {
  readonly origin?: string;
  /** The relying party that is signed for; default: the one asked for. */
  readonly rpId?: string;
  readonly algorithm?: Algorithm;
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  /** `clientDataJSON.type`. */
  readonly type?: string;
  readonly challenge?: string;
  readonly discoverable?: boolean;
}

interface Credential {
  readonly id: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly algorithm: Algorithm;
  readonly privateKey: KeyObject;
  counter: number;
}

const FLAG = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 } as const;

/** A passkey provider in software (WebAuthn level 3): makes key pairs, attests with format "none" and signs. */
export class SoftwareAuthenticator {
  readonly credentials: Credential[] = [];

  constructor(private readonly behaviour: AuthenticatorBehaviour = {}) {}

  /** `navigator.credentials.create()`; takes and gives the JSON forms. */
  create(options: CredentialCreationOptionsJson, deviation: AuthenticatorBehaviour = {}) {
    const behaviour = { ...this.behaviour, ...deviation };
    const { algorithm = 'ES256', rpId = options.rp.id ?? '', discoverable = true } = behaviour;
    const { privateKey, publicKey } = keyPair(algorithm);
    const id = randomBytes(32);
    const credential: Credential = {
      id: id.toString('base64url'),
      rpId: options.rp.id ?? '',
      userHandle: options.user.id,
      algorithm,
      privateKey,
      counter: 0,
    };
    this.credentials.push(credential);
    const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, coseKey(algorithm, publicKey)]);
    const authData = authenticatorData({ ...behaviour, rpId }, credential.counter, attested);
    const attestation = new Map<string, CborValue>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return {
      ...credentialHead(credential),
      clientExtensionResults: { credProps: { rk: discoverable } },
      response: {
        clientDataJSON: clientData('webauthn.create', options.challenge, behaviour).toString('base64url'),
        attestationObject: encodeCbor(attestation).toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** `navigator.credentials.get()`. */
  get(options: CredentialRequestOptionsJson, deviation: AuthenticatorBehaviour = {}) {
    const behaviour = { ...this.behaviour, ...deviation };
    const allowed = options.allowCredentials?.map(({ id }) => id);
    const credential = this.credentials.find(({ id }) => allowed?.includes(id) ?? true);
    if (credential === undefined) {
      throw new Error('no passkey of this authenticator is allowed');
    }
    const authData = authenticatorData({ rpId: options.rpId ?? '', ...behaviour }, ++credential.counter);
    const data = clientData('webauthn.get', options.challenge, behaviour);
    const signed = Buffer.concat([authData, createHash('sha256').update(data).digest()]);
    return {
      ...credentialHead(credential),
      clientExtensionResults: {},
      response: {
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature(credential, signed).toString('base64url'),
        userHandle: credential.userHandle,
      },
    };
  }
}

function credentialHead({ id }: Credential) {
  return { id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform' };
}

function clientData(type: string, challenge: string, behaviour: AuthenticatorBehaviour): Buffer {
  return Buffer.from(
    JSON.stringify({
      type: behaviour.type ?? type,
      challenge: behaviour.challenge ?? challenge,
      origin: behaviour.origin ?? 'http://localhost',
      crossOrigin: false,
    }),
  );
}

function authenticatorData(behaviour: AuthenticatorBehaviour, counter: number, attested = Buffer.alloc(0)): Buffer {
  const { rpId = '', userPresent = true, userVerified = true } = behaviour;
  const flags =
    (userPresent ? FLAG.userPresent : 0) |
    (userVerified ? FLAG.userVerified : 0) |
    (attested.length > 0 ? FLAG.attested : 0);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, attested]);
}

function keyPair(algorithm: Algorithm): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  switch (algorithm) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'RS256':
      return rsaKeyPair();
    case 'EdDSA':
      return generateKeyPairSync('ed25519');
  }
}

function rsaKeyPair(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  const privateKey = createPrivateKey(RSA_2048.at(-1) ?? '');
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

function signature({ algorithm, privateKey }: Credential, data: Buffer): Buffer {
  return sign(algorithm === 'EdDSA' ? null : 'sha256', data, privateKey);
}

/** The public key as COSE (RFC 9053 sections 7.1 and 7.2, RFC 8230 section 4). */
function coseKey(algorithm: Algorithm, publicKey: KeyObject): Buffer {
  const jwk = publicKey.export({ format: 'jwk' });
  const member = (value: string | undefined): Buffer => Buffer.from(value ?? '', 'base64url');
  const entries: Record<Algorithm, [number, CborValue][]> = {
    ES256: [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, member(jwk.x)],
      [-3, member(jwk.y)],
    ],
    RS256: [
      [1, 3],
      [3, -257],
      [-1, member(jwk.n)],
      [-2, member(jwk.e)],
    ],
    EdDSA: [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, member(jwk.x)],
    ],
  };
  return encodeCbor(new Map(entries[algorithm]));
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
