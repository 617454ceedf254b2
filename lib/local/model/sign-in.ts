/** How a user proved their identity. */
export type AuthMethod = 'password' | 'email' | 'sms' | 'totp' | 'passkey';

/** What a pool that tracks sessions records about a sign-in. */
export interface TrackedSession {
  readonly id: string;
  /** Time of the sign-in or its last refresh, epoch milliseconds. */
  lastActiveAt: number;
  deviceType: string;
  lastIpAddress: string;
}

/** An issued refresh token. Only its digest is stored. */
export interface RefreshToken {
  /** SHA-256, base64url. */
  readonly digest: string;
  /** Time of its rotation, epoch milliseconds. It stays valid for the grace period. */
  replacedAt?: number;
}

/** One sign-in: the tokens issued at its start and by every refresh. */
export interface SignIn {
  /** `event_id` of all its tokens. */
  readonly eventId: string;
  /** `origin_jti` of all its tokens, if the client has token revocation enabled. */
  readonly originJti: string;
  readonly clientId: string;
  /** `sub` of the user. A later user of the same name is a different user. */
  readonly sub: string;
  /** Epoch seconds. */
  readonly authTime: number;
  /** Expiry of its refresh tokens, epoch milliseconds. Rotation does not extend it. */
  readonly expiresAt: number;
  readonly scopes: string[];
  readonly deviceKey?: string;
  /** Undefined for a sign-in through the API. */
  readonly managedLogin?: {
    /** The API that its access tokens are for (RFC 8707). */
    readonly resource?: string;
  };
  /** How the user proved their identity: the source of `acr` and `amr`. */
  methods?: readonly AuthMethod[];
  refreshTokens: RefreshToken[];
  /** Undefined unless the pool tracked sessions at the sign-in. */
  tracked?: TrackedSession;
}
