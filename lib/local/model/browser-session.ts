import type { AuthMethod } from './sign-in.js';

/** A user who signed in on the pages of managed login, as the browser's cookie `cognito` proves. */
export interface BrowserSession {
  readonly poolId: string;
  /** `sub` of the user. */
  readonly sub: string;
  /** Time of the sign-in, epoch milliseconds. Every code that the session gives has this `auth_time`. */
  readonly authenticatedAt: number;
  /** How the user proved their identity. Empty after a sign-in through an identity provider. */
  readonly methods: readonly AuthMethod[];
  /** The identity provider that the user signed in with. Undefined for a native user. */
  readonly provider?: string;
}
