import { createHash } from 'node:crypto';

import { hashToInteger, signedBytes } from './integers.js';

/**
 * The identity whose password an exchange proves. For a user: the pool's name (the part of its id after the `_`) and
 * USER_ID_FOR_SRP. For a device: its DeviceGroupKey and DeviceKey.
 */
export interface SrpIdentity {
  readonly realm: string;
  readonly userId: string;
}

/** The part of a user pool's id that is its SRP realm: `AbCdEf` of `eu-west-1_AbCdEf`. */
export function srpRealmOfPool(userPoolId: string): string {
  return userPoolId.slice(userPoolId.indexOf('_') + 1);
}

/** H(realm | userId | ":" | password), the inner hash of RFC 5054 section 2.5.3 with Cognito's realm in front. */
export function innerHash(identity: SrpIdentity, password: string): Buffer {
  return createHash('sha256').update(`${identity.realm}${identity.userId}:${password}`, 'utf8').digest();
}

/** The private key x = H(PAD(salt) | inner hash). */
export function privateKey(identity: SrpIdentity, password: string, salt: bigint): bigint {
  return hashToInteger(signedBytes(salt), innerHash(identity, password));
}
