import { BoundedMap } from '../../../memory/bounded-map.js';
import { OwnedMap } from '../../../memory/owned-map.js';
import type { Clock } from '../../../time/clock.js';
import type { AppClient } from '../../model/app-client.js';
import type { BrowserSession } from '../../model/browser-session.js';
import type { Pool } from '../../model/pool.js';
import type { Random } from '../random.js';
import { DEFAULT_SSO_MINUTES } from '../sessions/session-configuration.js';

const MAX_BROWSERS = 20_000;
const ID_BYTES = 32;

/**
 * The users who are signed in to managed login, by browser and pool. A session ends a fixed time after the sign-in; no
 * use extends it, and neither GlobalSignOut nor a new password ends it.
 */
export class BrowserSessions {
  /** The sessions of a browser, one per pool, by the value of its cookie. */
  private readonly byBrowser = new BoundedMap<string, readonly BrowserSession[]>(MAX_BROWSERS);
  /** The browsers of each user. */
  private readonly byUser = new OwnedMap<string>(MAX_BROWSERS);

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Opens a session, which replaces the browser's session of the same pool.
   *
   * @param previousId - the browser's cookie, whose other sessions move to the new one. A fixed cookie is worth nothing.
   * @returns the new value of the cookie.
   */
  open(session: BrowserSession, previousId?: string): string {
    const others = this.sessionsOf(previousId).filter(({ poolId }) => poolId !== session.poolId);
    if (previousId !== undefined) {
      this.byBrowser.delete(previousId);
    }
    const id = this.random.bytes(ID_BYTES).toString('base64url');
    this.byBrowser.set(id, [...others, session]);
    for (const { poolId, sub } of [...others, session]) {
      this.byUser.set(`${poolId}/${id}`, id, `${poolId}/${sub}`);
    }
    return id;
  }

  /** Ends the sessions of a user in all browsers. */
  forget(pool: Pool, sub: string): void {
    const owner = `${pool.id}/${sub}`;
    for (const id of this.byUser.of(owner)) {
      if (this.sessionsOf(id).some((session) => session.poolId === pool.id && session.sub === sub)) {
        this.end(id, pool);
      }
    }
    this.byUser.forget(owner);
  }

  /** The browser's session of a pool, if it is young enough for the client. */
  find(id: string | undefined, pool: Pool, client: AppClient): BrowserSession | undefined {
    const session = this.sessionsOf(id).find(({ poolId }) => poolId === pool.id);
    return session !== undefined && this.clock() < session.authenticatedAt + lifetimeOf(client) ? session : undefined;
  }

  /** Ends the browser's session of a pool. @returns whether no session of another pool is left. */
  end(id: string, pool: Pool): boolean {
    const others = this.sessionsOf(id).filter(({ poolId }) => poolId !== pool.id);
    if (others.length > 0) {
      this.byBrowser.set(id, others);
      return false;
    }
    this.byBrowser.delete(id);
    return true;
  }

  private sessionsOf(id: string | undefined): readonly BrowserSession[] {
    return (id === undefined ? undefined : this.byBrowser.get(id)) ?? [];
  }
}

/** How long a session gives codes to a client, in milliseconds. */
export function lifetimeOf({
  ssoValidityMinutes = DEFAULT_SSO_MINUTES,
}: Pick<AppClient, 'ssoValidityMinutes'>): number {
  return ssoValidityMinutes * 60_000;
}
