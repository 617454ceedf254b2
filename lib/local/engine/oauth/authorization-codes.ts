import { createHash } from 'node:crypto';

import { OwnedMap } from '../../../memory/owned-map.js';
import type { Clock } from '../../../time/clock.js';
import type { AuthorizationGrant } from '../../model/authorization-code.js';
import type { Random } from '../random.js';

const LIFETIME_MS = 5 * 60_000;
/** More codes than a test redeems late. The oldest are evicted. */
const MAX_CODES = 20_000;

/** Authorization codes that wait to be redeemed. A code is single-use and lives for five minutes. */
export class AuthorizationCodes {
  private readonly grants = new OwnedMap<AuthorizationGrant>(MAX_CODES);

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Issues a code: a UUID, as in Cognito. */
  issue(grant: Omit<AuthorizationGrant, 'expiresAt'>): string {
    const code = this.random.uuid();
    const now = this.clock();
    this.grants.prune(({ expiresAt }) => now >= expiresAt);
    this.grants.set(
      digestOf(code),
      { ...grant, expiresAt: now + LIFETIME_MS },
      ownerOf(grant.poolId, grant.session.sub),
    );
    return code;
  }

  /** Forgets the codes of a user. */
  forget(poolId: string, sub: string): void {
    this.grants.forget(ownerOf(poolId, sub));
  }

  /**
   * Redeems a code. It is spent by that, even if the rest of the request is wrong.
   *
   * @returns undefined if the code is unknown, spent, expired or another client's. Another client does not spend it.
   */
  redeem(code: string, clientId: string): AuthorizationGrant | undefined {
    const grant = this.grants.get(digestOf(code));
    if (grant?.clientId !== clientId) {
      return undefined;
    }
    this.grants.delete(digestOf(code));
    return this.clock() < grant.expiresAt ? grant : undefined;
  }
}

function ownerOf(poolId: string, sub: string): string {
  return `${poolId}/${sub}`;
}

function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
