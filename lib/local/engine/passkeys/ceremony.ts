import type { Random } from '../random.js';

/** WebAuthn level 3 section 13.4.3 recommends at least 16 bytes. */
const CHALLENGE_BYTES = 32;

/** `timeout` of both ceremonies, registration and authentication, in milliseconds. */
export const CEREMONY_TIMEOUT_MS = 60_000;

/** A random challenge, base64url. */
export function newChallenge(random: Random): string {
  return random.bytes(CHALLENGE_BYTES).toString('base64url');
}
