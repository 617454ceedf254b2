import { sign, verify } from 'node:crypto';

import { isObject } from '../../../types/is-object.js';
import type { SigningKey } from './signing-keys.js';

/** Claims of a token. */
export type Claims = Readonly<Record<string, unknown>>;

/** Signs claims as Cognito does: RS256, with `kid` and `alg` in the header but no `typ`. */
export function signToken(claims: Claims, key: SigningKey): string {
  const input = `${encode({ kid: key.kid, alg: 'RS256' })}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`;
}

/** Verifies a token and decodes its claims. @returns undefined unless the key has signed it. */
export function verifyToken(token: string, key: SigningKey): Claims | undefined {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  const isValid =
    rest.length === 0 &&
    verify('sha256', Buffer.from(`${header}.${payload}`), key.publicKey, Buffer.from(signature, 'base64url'));
  return isValid && decode(header)?.['kid'] === key.kid ? decode(payload) : undefined;
}

/** Decodes the claims of a token without verifying it. @returns undefined if it is not a JWT. */
export function decodeClaims(token: string): Claims | undefined {
  const parts = token.split('.');
  return parts.length === 3 ? decode(parts[1] ?? '') : undefined;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
