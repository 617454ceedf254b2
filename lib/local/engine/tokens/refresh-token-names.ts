import { createHash } from 'node:crypto';

import type { AppClient } from '../../model/app-client.js';
import type { SignIn } from '../../model/sign-in.js';
import type { Random } from '../random.js';

const HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url');
/** Sizes of encrypted key, initialization vector, ciphertext and tag of a JWE (RFC 7516 section 3.1). */
const PART_BYTES = [256, 12, 740, 16] as const;
/** Event id, `sub` and a digest of the client id, and the expiry. */
const NAMES_BYTES = 16 + 16 + 16 + 8;

/** What a refresh token names. */
export interface RefreshTokenNames extends Pick<SignIn, 'eventId' | 'sub' | 'expiresAt'> {
  /** The client that the token was issued to, or its digest. */
  readonly clientId: string;
}

/**
 * Makes a refresh token. It has the form of a JWE, and names its sign-in, so that it is known as revoked, expired or
 * rotated when nothing is left of that. The names prove nothing: only the digest of a whole token opens a sign-in.
 */
export function refreshTokenFor(random: Random, { eventId, sub, clientId, expiresAt }: SignIn): string {
  const expiry = Buffer.alloc(8);
  expiry.writeDoubleBE(expiresAt);
  const names = Buffer.concat([uuidBytes(eventId), uuidBytes(sub), Buffer.from(digestOf(clientId), 'hex'), expiry]);
  const [key, ...rest] = PART_BYTES.map((size) => random.bytes(size));
  return [HEADER, ...[Buffer.concat([names, key ?? names]).subarray(0, PART_BYTES[0]), ...rest].map(text)].join('.');
}

/** What a text names, if it has the form of a refresh token. */
export function namesIn(token: string): RefreshTokenNames | undefined {
  const [header, key = '', ...rest] = token.split('.');
  const bytes = Buffer.from(key, 'base64url');
  if (header !== HEADER || bytes.length !== PART_BYTES[0] || rest.length !== PART_BYTES.length - 1) {
    return undefined;
  }
  const names = bytes.subarray(0, NAMES_BYTES);
  return {
    eventId: uuidOf(names.subarray(0, 16)),
    sub: uuidOf(names.subarray(16, 32)),
    clientId: names.subarray(32, 48).toString('hex'),
    expiresAt: names.readDoubleBE(48),
  };
}

/** Whether a refresh token was issued to a client. */
export function isFor({ id }: AppClient, { clientId }: RefreshTokenNames): boolean {
  return clientId === id || clientId === digestOf(id);
}

function text(bytes: Buffer): string {
  return bytes.toString('base64url');
}

function digestOf(clientId: string): string {
  return createHash('sha256').update(clientId).digest('hex').slice(0, 32);
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
