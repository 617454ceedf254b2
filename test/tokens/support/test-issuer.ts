import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

import { RSA_1024, RSA_2048 } from '../../support/fixtures/rsa-keys.js';

/** The moment at which the tests take place, in milliseconds. */
export const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const SECONDS = NOW / 1000;

export const POOL_ID = 'eu-west-1_Test12345';
export const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}`;
export const CLIENT_ID = '1example23456789client';

export type Claims = Record<string, unknown>;

/** A clock that stands still until it is moved. */
export class TestClock {
  constructor(private now = NOW) {}

  readonly read = (): number => this.now;

  advance(milliseconds: number): void {
    this.now += milliseconds;
  }
}

const unused = [...RSA_2048];

/** A key pair under a key id, as a user pool has two. In a test file no two of 2,048 bits are the same. */
export class TestKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;

  constructor(
    readonly kid: string,
    modulusLength: 1024 | 2048 = 2048,
  ) {
    const pem = modulusLength === 1024 ? RSA_1024 : unused.shift();
    if (pem === undefined) {
      throw new Error('No fixture key is left: add one to test/support/fixtures/rsa-keys.ts.');
    }
    this.privateKey = createPrivateKey(pem);
    this.publicKey = createPublicKey(this.privateKey);
  }

  jwk(): Claims {
    return { ...this.publicKey.export({ format: 'jwk' }), kid: this.kid, alg: 'RS256', use: 'sig' };
  }
}

export const accessKey = new TestKey('access-key');
export const idKey = new TestKey('id-key');

export function jwks(...keys: readonly TestKey[]): { keys: Claims[] } {
  return { keys: (keys.length > 0 ? keys : [accessKey, idKey]).map((key) => key.jwk()) };
}

/** Claims of an access token as Cognito makes them; `undefined` takes a claim away. */
export function accessClaims(changes: Claims = {}): Claims {
  return without({
    sub: '7d8ca528-4931-4254-9273-ea5ee853f271',
    iss: ISSUER,
    client_id: CLIENT_ID,
    origin_jti: '5b9f50a3-05da-454a-8b99-b79c2349de77',
    event_id: '0ed5ad5c-7182-4ecf-a9b2-0b1d4d8a2c3e',
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: SECONDS - 60,
    exp: SECONDS + 3600,
    iat: SECONDS - 60,
    jti: '78b5d1a1-8a3c-4b1c-8f0c-6f1f4f3e2d1c',
    username: 'janedoe',
    ...changes,
  });
}

export function idClaims(changes: Claims = {}): Claims {
  return without({
    sub: '7d8ca528-4931-4254-9273-ea5ee853f271',
    iss: ISSUER,
    aud: CLIENT_ID,
    token_use: 'id',
    'cognito:username': 'janedoe',
    email: 'jane@example.com',
    email_verified: true,
    auth_time: SECONDS - 60,
    exp: SECONDS + 3600,
    iat: SECONDS - 60,
    jti: 'f7c9e1d2-1f7e-4f8a-b1de-19b1c8d7d3a4',
    origin_jti: '5b9f50a3-05da-454a-8b99-b79c2349de77',
    ...changes,
  });
}

/** Claims of a machine-to-machine token: no username, no user. */
export function machineClaims(changes: Claims = {}): Claims {
  const claims = accessClaims({ sub: CLIENT_ID, scope: 'orders/read', version: 2, ...changes });
  delete claims['username'];
  return claims;
}

export function accessToken(changes: Claims = {}, header: Claims = {}): string {
  return signToken(accessClaims(changes), accessKey, header);
}

export function idToken(changes: Claims = {}): string {
  return signToken(idClaims(changes), idKey);
}

export function machineToken(changes: Claims = {}): string {
  return signToken(machineClaims(changes), accessKey);
}

export function signToken(claims: Claims, key: TestKey, header: Claims = {}): string {
  return signText(JSON.stringify(claims), key, JSON.stringify(without({ kid: key.kid, alg: 'RS256', ...header })));
}

/** Signs texts that JSON.stringify would not make. */
export function signText(
  claims: string,
  key: TestKey,
  header = JSON.stringify({ kid: key.kid, alg: 'RS256' }),
): string {
  const input = `${base64url(header)}.${base64url(claims)}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), key.privateKey).toString('base64url')}`;
}

export function base64url(text: string | Buffer): string {
  return Buffer.from(text).toString('base64url');
}

function without(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}
