import { createHmac, hkdfSync } from 'node:crypto';

import type { SrpIdentity } from './identity.js';
import { hashToInteger, signedBytes } from './integers.js';
import { SrpProtocolError } from './srp-error.js';

/** HKDF's info string, as Cognito's own clients have it. */
const KEY_INFO = 'Caldera Derived Key';
const KEY_BYTES = 16;

/**
 * The scrambling parameter u = H(PAD(A) | PAD(B)).
 *
 * @throws SrpProtocolError when it is 0, since the key would not depend on the password.
 */
export function scramblingParameter(clientPublic: bigint, serverPublic: bigint): bigint {
  const scrambling = hashToInteger(signedBytes(clientPublic), signedBytes(serverPublic));
  assertScrambling(scrambling);
  return scrambling;
}

/** Rejects u = 0 (RFC 5054 section 2.6). */
export function assertScrambling(scrambling: bigint): void {
  if (scrambling === 0n) {
    throw new SrpProtocolError('the scrambling parameter u is 0.');
  }
}

/** The session key: HKDF (RFC 5869) with SHA-256, salt u, input S, 16 bytes. */
export function deriveSessionKey(premaster: bigint, scrambling: bigint): Buffer {
  return Buffer.from(hkdfSync('sha256', signedBytes(premaster), signedBytes(scrambling), KEY_INFO, KEY_BYTES));
}

/**
 * PASSWORD_CLAIM_SIGNATURE: proves knowledge of the session key without revealing it.
 *
 * @param secretBlock - SECRET_BLOCK as received, base64.
 * @param timestamp - TIMESTAMP exactly as sent; see `formatSrpTimestamp`.
 * @returns base64.
 */
export function passwordClaimSignature(
  key: Uint8Array,
  identity: SrpIdentity,
  secretBlock: string,
  timestamp: string,
): string {
  return createHmac('sha256', key)
    .update(identity.realm, 'utf8')
    .update(identity.userId, 'utf8')
    .update(Buffer.from(secretBlock, 'base64'))
    .update(timestamp, 'utf8')
    .digest('base64');
}
