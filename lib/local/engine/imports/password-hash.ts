import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import type { ImportedPassword } from '../../model/user-import-job.js';
import { loadPackage } from '../../optional-package.js';

/** A modular crypt or PHC string: `$` and fields. Passlib and Django leave the first `$` out of some. */
const BCRYPT = /^\$2[abxy]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;
const ARGON2ID =
  /^\$argon2id\$v=19\$m=\d{1,8},t=\d{1,4},p=\d{1,3}\$[A-Za-z0-9+/]{11,}={0,2}\$[A-Za-z0-9+/]{16,}={0,2}$/;
const SCRYPT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/;
const PBKDF2 = /^\$pbkdf2-sha256\$(?:i=)?(\d{1,8})(?:,l=\d{1,3})?\$([A-Za-z0-9+/.]+={0,2})\$([A-Za-z0-9+/.]+={0,2})$/;
const DJANGO = /^pbkdf2_sha256\$(\d{1,8})\$([^$]+)\$([A-Za-z0-9+/]+={0,2})$/;

/** More work than these would stop the server for a sign-in. */
const MAX_SCRYPT_BYTES = 1024 ** 3;
const MAX_ARGON2_KIBIBYTES = 1024 ** 2;
const MAX_PBKDF2_ITERATIONS = 10_000_000;

/** A hash whose parameters are read. */
interface DerivedKey {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** Whether a hash can be verified: it has the form of its algorithm, and its cost is not beyond reason. */
export function isPasswordHash({ algorithm, hash }: ImportedPassword): boolean {
  switch (algorithm) {
    case 'BCRYPT':
      return BCRYPT.test(hash);
    case 'ARGON2ID':
      return ARGON2ID.test(hash) && Number(/\$m=(\d+)/.exec(hash)?.[1]) <= MAX_ARGON2_KIBIBYTES;
    case 'SCRYPT':
      return scryptHash(hash) !== undefined;
    case 'PBKDF2_SHA256':
      return pbkdf2Hash(hash) !== undefined;
  }
}

/**
 * Whether a password has an imported hash.
 *
 * @throws MandateError `PEER_MISSING` when the package for BCRYPT and ARGON2ID is not installed.
 */
export async function passwordHasHash({ algorithm, hash }: ImportedPassword, password: string): Promise<boolean> {
  switch (algorithm) {
    case 'BCRYPT':
      return (await loadHashLibrary()).bcryptVerify({ password, hash });
    case 'ARGON2ID':
      return (await loadHashLibrary()).argon2Verify({ password, hash });
    case 'SCRYPT':
      return scryptMatches(hash, password);
    case 'PBKDF2_SHA256':
      return pbkdf2Matches(hash, password);
  }
}

async function scryptMatches(hash: string, password: string): Promise<boolean> {
  const found = scryptHash(hash);
  if (found === undefined) {
    return false;
  }
  const { salt, key, N, r, p } = found;
  const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
  return timingSafeEqual(key, await derive(password, salt, key.length, { N, r, p, maxmem: 2 * MAX_SCRYPT_BYTES }));
}

async function pbkdf2Matches(hash: string, password: string): Promise<boolean> {
  const found = pbkdf2Hash(hash);
  if (found === undefined) {
    return false;
  }
  const { salt, key, iterations } = found;
  return timingSafeEqual(key, await promisify(pbkdf2)(password, salt, iterations, key.length, 'sha256'));
}

function scryptHash(hash: string): (DerivedKey & Record<'N' | 'r' | 'p', number>) | undefined {
  const [, ln, r, p, salt = '', key = ''] = SCRYPT.exec(hash) ?? [];
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p) };
  const isPossible = cost.N > 1 && cost.r > 0 && cost.p > 0 && 128 * cost.N * cost.r * cost.p <= MAX_SCRYPT_BYTES;
  return isPossible ? { ...cost, ...derivedKey(Buffer.from(salt, 'base64'), key) } : undefined;
}

function pbkdf2Hash(hash: string): (DerivedKey & { readonly iterations: number }) | undefined {
  const [, iterations = '', salt = '', key = ''] = PBKDF2.exec(hash) ?? DJANGO.exec(hash) ?? [];
  const count = Number(iterations);
  if (count < 1 || count > MAX_PBKDF2_ITERATIONS) {
    return undefined;
  }
  const bytes = hash.startsWith('$') ? Buffer.from(standardBase64(salt), 'base64') : Buffer.from(salt, 'utf8');
  return { iterations: count, ...derivedKey(bytes, standardBase64(key)) };
}

/** Passlib writes `.` for `+`. */
function standardBase64(text: string): string {
  return text.replaceAll('.', '+');
}

function derivedKey(salt: Buffer, key: string): DerivedKey {
  return { salt, key: Buffer.from(key, 'base64') };
}

function loadHashLibrary() {
  return loadPackage('hash-wasm', 'to verify imported passwords', () => import('./hash-wasm.js'));
}
