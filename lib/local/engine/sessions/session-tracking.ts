import type { Pool } from '../../model/pool.js';
import type { SessionTracking } from '../../model/session-tracking.js';
import type { SignIn } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { deviceType } from './device-type.js';

const ID_LENGTH = 25;

/** Where a sign-in or a renewal came from. */
export interface Origin {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** What a pool has that nothing was said about. */
export const NO_TRACKING: SessionTracking = { enabled: false, maxPerUser: 20 };

/** A sign-in that is tracked. */
export type TrackedSignIn = SignIn & Required<Pick<SignIn, 'tracked'>>;

/** Notes a new sign-in where the pool tracks them. The least recently used ones end when there are too many. */
export function trackSignIn(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  user: User,
  signIn: SignIn,
  { sourceIp, userAgent }: Origin,
): void {
  const { enabled, maxPerUser } = pool.sessionTracking ?? NO_TRACKING;
  if (!enabled) {
    return;
  }
  const now = clock();
  signIn.tracked = {
    id: `tkn${random.lowerAlphanumeric(ID_LENGTH)}`,
    lastActiveAt: now,
    deviceType: deviceType(userAgent),
    lastIpAddress: sourceIp,
  };
  const others = activeSessions({ clock }, pool, user).filter((other) => other !== signIn);
  const tooMany = Math.max(0, others.length + 1 - maxPerUser);
  for (const oldest of others.sort((a, b) => a.tracked.lastActiveAt - b.tracked.lastActiveAt).slice(0, tooMany)) {
    oldest.revokedAt = now;
  }
}

/** Notes that a sign-in's tokens were renewed. */
export function trackRenewal({ clock }: Pick<Environment, 'clock'>, { tracked }: SignIn, origin: Origin): void {
  if (tracked !== undefined) {
    tracked.lastActiveAt = clock();
    tracked.deviceType = deviceType(origin.userAgent);
    tracked.lastIpAddress = origin.sourceIp;
  }
}

/** Where a user is signed in now, oldest first; nowhere as far as anybody knows when the pool does not track. */
export function activeSessions({ clock }: Pick<Environment, 'clock'>, pool: Pool, user: User): TrackedSignIn[] {
  const now = clock();
  const isActive = (signIn: SignIn): signIn is TrackedSignIn =>
    signIn.tracked !== undefined && signIn.revokedAt === undefined && now < signIn.expiresAt;
  return pool.sessionTracking?.enabled ? pool.signIns.of(user.sub).filter(isActive) : [];
}
