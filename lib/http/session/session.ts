import type { BrowserSession } from './browser-session.js';
import type { SessionContent } from './session-content.js';

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  readonly idle: number;
  readonly absolute: number;
}

/** Where a stored session is kept. */
export interface StoredAs {
  /** The hash of the id in the cookie. */
  readonly key: string;
  /** Which sessions of the user `endAll` has ended: those with another generation. */
  readonly generation: string;
}

/** An opened session. Whoever prints it does not print the tokens. */
export class Session {
  readonly #content: SessionContent;

  constructor(
    content: SessionContent,
    readonly limits: SessionLimits,
    /** Undefined if the cookie holds the session. */
    readonly storedAs?: StoredAs,
  ) {
    this.#content = content;
  }

  get content(): SessionContent {
    return this.#content;
  }

  get accessToken(): string {
    return this.#content.accessToken;
  }

  /** When the session ends if nothing renews it. */
  get endsAt(): number {
    const { usedAt, createdAt } = this.#content;
    return Math.min(usedAt + this.limits.idle, createdAt + this.limits.absolute);
  }

  /** What the application may know. */
  view(): BrowserSession {
    const { sub, claims, createdAt } = this.#content;
    return { sub, claims: { ...claims, sub }, createdAt, expiresAt: this.endsAt };
  }
}
