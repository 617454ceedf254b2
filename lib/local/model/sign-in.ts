import type { AuthMethod } from './auth-method.js';
import type { TrackedSession } from './session-tracking.js';

/** A refresh token that was handed out; only its digest is kept. */
export interface RefreshToken {
  /** SHA-256, base64url. */
  readonly digest: string;
  /** When rotation replaced it, epoch milliseconds; it then lives on for the grace period. */
  replacedAt?: number;
}

/** One sign-in: everything that was issued for it, now and by every refresh after it. */
export interface SignIn {
  /** `event_id` of all its tokens. */
  readonly eventId: string;
  /** `origin_jti` of all its tokens, when the client has token revocation on. */
  readonly originJti: string;
  readonly clientId: string;
  /** The user; a later user of the same name is another one. */
  readonly sub: string;
  /** Epoch seconds. */
  readonly authTime: number;
  /** When its refresh tokens end, epoch milliseconds; rotation does not move it. */
  readonly expiresAt: number;
  readonly scopes: string[];
  readonly deviceKey?: string;
  /** How the user proved who they are; `acr` and `amr` of its tokens. */
  methods?: readonly AuthMethod[];
  refreshTokens: RefreshToken[];
  /** While the pool tracks sessions. */
  tracked?: TrackedSession;
  /** When it was ended, epoch milliseconds. */
  revokedAt?: number;
}
