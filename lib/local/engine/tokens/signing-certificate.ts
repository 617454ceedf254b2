import { createHash, sign } from 'node:crypto';

import type { Pool } from '../../model/pool.js';
import type { SigningKeys } from './signing-keys.js';

const DAY_MS = 86_400_000;
const VALID_DAYS = 3_650;

/** ASN.1 tags (X.690). */
const [INTEGER, BIT_STRING, NULL, OID, UTF8_STRING, UTC_TIME, SEQUENCE, SET] = [
  0x02, 0x03, 0x05, 0x06, 0x0c, 0x17, 0x30, 0x31,
] as const;
/** 1.2.840.113549.1.1.11, sha256WithRSAEncryption. */
const SHA256_WITH_RSA = der(SEQUENCE, der(OID, Buffer.from('2a864886f70d01010b', 'hex')), der(NULL));
/** 2.5.4.3, commonName. */
const COMMON_NAME = der(OID, Buffer.from('550403', 'hex'));

/**
 * The certificate with which a pool signs SAML requests: self-signed (RFC 5280) with the pool's key, valid for ten years
 * from the creation of the pool, and the same each time.
 *
 * @returns DER in base64, as GetSigningCertificate does.
 */
export async function signingCertificate(keys: SigningKeys, pool: Pool): Promise<string> {
  const { privateKey, publicKey } = (await keys.of(pool.id)).id;
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(pool.id)))));
  const toBeSigned = der(
    SEQUENCE,
    der(INTEGER, serialOf(pool)),
    SHA256_WITH_RSA,
    name,
    der(SEQUENCE, utcTime(pool.createdAt), utcTime(pool.createdAt + VALID_DAYS * DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = der(SEQUENCE, toBeSigned, SHA256_WITH_RSA, der(BIT_STRING, Buffer.of(0), signature));
  return certificate.toString('base64');
}

/** Positive: its first bit is 0. */
function serialOf({ id }: Pool): Buffer {
  const digest = createHash('sha256').update(id).digest().subarray(0, 15);
  return Buffer.concat([Buffer.of(1), digest]);
}

/** `YYMMDDhhmmssZ`. */
function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return der(UTC_TIME, Buffer.from(`${digits}Z`));
}

/** One ASN.1 value in distinguished encoding. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) {
    return Buffer.of(length);
  }
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}
