import { sign, verify } from 'node:crypto';

import type { SigningKey } from './signing-keys.js';

/** A token's claims. */
export type Claims = Readonly<Record<string, unknown>>;

/** Signs claims as Cognito does: RS256, a header of `kid` and `alg` and no `typ`. */
export function signToken(claims: Claims, key: SigningKey): string {
  const input = `${encode({ kid: key.kid, alg: 'RS256' })}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`;
}

/** Reads a token signed with the key; undefined for anything else. */
export function readToken(token: string, key: SigningKey): Claims | undefined {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  const genuine =
    rest.length === 0 &&
    verify('sha256', Buffer.from(`${header}.${payload}`), key.publicKey, Buffer.from(signature, 'base64url'));
  return genuine && decode(header)?.['kid'] === key.kid ? decode(payload) : undefined;
}

/** The claims of a token whoever signed it; undefined when it is no token. */
export function peekClaims(token: string): Claims | undefined {
  const parts = token.split('.');
  return parts.length === 3 ? decode(parts[1] ?? '') : undefined;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
