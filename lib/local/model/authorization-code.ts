import type { BrowserSession } from './browser-session.js';

/** What an authorization code stands for (RFC 6749 section 4.1.2). */
export interface AuthorizationGrant {
  readonly poolId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** The sign-in that the code was given for. */
  readonly session: BrowserSession;
  readonly nonce?: string;
  /** A challenge of the method S256. */
  readonly codeChallenge?: string;
  readonly resource?: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}
