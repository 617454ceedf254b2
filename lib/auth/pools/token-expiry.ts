import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import type { RegisteredPool } from './user-pools.js';

/** When a pool stops accepting a token, in milliseconds since the epoch. */
export function expiryOf({ exp }: VerifiedClaims, { clockToleranceSeconds = 0 }: RegisteredPool): number {
  return (exp + clockToleranceSeconds) * 1000;
}
