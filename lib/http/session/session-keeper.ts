import type { CookieValue } from './session-cookie.js';
import type { SessionContent } from './session-content.js';
import type { Session } from './session.js';

/** A session, and the value of the cookie that stands for it. */
export interface Kept {
  readonly session: Session;
  /** Undefined if the browser's cookie stays as it is. */
  readonly cookie?: string | undefined;
}

/** Where sessions are kept: in the cookie itself, or in a store. */
export interface SessionKeeper {
  /** Whether changes of a session must reach the browser. */
  readonly isInCookie: boolean;

  /** The session of a cookie if no work is needed to know it. */
  recall(cookie: CookieValue): Session | undefined;

  /**
   * The session of a cookie; undefined if it stands for none.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  open(cookie: CookieValue): Promise<Session | undefined>;

  /**
   * Keeps a new session under a new id.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE, SESSION_TOO_LARGE
   */
  create(content: SessionContent): Promise<Kept>;

  /**
   * Keeps the new content of a session, unless the session has ended.
   *
   * @returns undefined if it has.
   * @throws MandateError SESSION_STORE_UNAVAILABLE, SESSION_TOO_LARGE
   */
  update(session: Session, content: SessionContent): Promise<Kept | undefined>;

  /**
   * Ends a session.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE, if the session may still be used elsewhere.
   */
  end(session: Session): Promise<void>;

  /** What several instances share; undefined if the cookie holds the session. */
  readonly shared?: SharedSessions | undefined;
}

/** Sessions in a store that several instances share. */
export interface SharedSessions {
  /** The session as it is now; undefined if it has ended. */
  reload(session: Session): Promise<Session | undefined>;

  /** Whether this caller may renew the session: best effort, because a store cannot compare and set. */
  lock(session: Session): Promise<boolean>;

  unlock(session: Session): Promise<void>;

  /** Ends the session with a key. */
  endKey(key: string): Promise<void>;

  /** Ends all sessions of a user. */
  endAll(sub: string): Promise<void>;
}
