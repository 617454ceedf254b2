import type { Pool, SessionTracking } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { deviceType } from './device-type.js';

const ID_LENGTH = 25;

/** The sender of a call. */
export interface CallOrigin {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** What a pool without a setting of its own has. */
export const NO_TRACKING: SessionTracking = { enabled: false, maxPerUser: 20 };

/** A tracked sign-in. */
export type TrackedSignIn = SignIn & Required<Pick<SignIn, 'tracked'>>;

/** Tracks a new sign-in if the pool tracks sessions. Those beyond its maximum are revoked, least recently used first. */
export function trackSignIn(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  user: User,
  signIn: SignIn,
  { sourceIp, userAgent }: CallOrigin,
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
  const surplus = Math.max(0, others.length + 1 - maxPerUser);
  for (const oldest of others.sort((a, b) => a.tracked.lastActiveAt - b.tracked.lastActiveAt).slice(0, surplus)) {
    pool.signIns.revoke(oldest);
  }
}

/** Records that a sign-in's tokens were refreshed. */
export function trackRefresh({ clock }: Pick<Environment, 'clock'>, { tracked }: SignIn, origin: CallOrigin): void {
  if (tracked !== undefined) {
    tracked.lastActiveAt = clock();
    tracked.deviceType = deviceType(origin.userAgent);
    tracked.lastIpAddress = origin.sourceIp;
  }
}

/** A user's active sign-ins, oldest first. Empty if the pool does not track them. */
export function activeSessions({ clock }: Pick<Environment, 'clock'>, pool: Pool, user: User): TrackedSignIn[] {
  const now = clock();
  const isActive = (signIn: SignIn): signIn is TrackedSignIn => signIn.tracked !== undefined && now < signIn.expiresAt;
  return pool.sessionTracking?.enabled ? pool.signIns.of(user.sub).filter(isActive) : [];
}
