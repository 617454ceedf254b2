import type { SessionReader } from '../../auth/extractors/token-extractor.js';
import type { TokenSource } from '../../auth/request-context.js';
import type { Clock } from '../../time/clock.js';
import { foundSession, setSession } from './call-sessions.js';
import type { CsrfDefence } from './csrf.js';
import type { EndedSessions } from './ended-sessions.js';
import { OpenedValues } from './opened-values.js';
import type { CookieValue, SessionCookie } from './session-cookie.js';
import type { SessionKeeper } from './session-keeper.js';
import type { SessionRenewal } from './session-renewal.js';
import type { SessionResponses } from './session-responses.js';
import type { Session } from './session.js';

/** Dependencies of `CallSessionReader`. */
export interface CallSessionReaderDependencies {
  readonly cookie: SessionCookie;
  readonly keeper: SessionKeeper;
  readonly renewal: SessionRenewal;
  readonly responses: SessionResponses;
  readonly csrf: CsrfDefence;
  readonly ended: EndedSessions;
  readonly clock: Clock;
}

type Found = Session | undefined | Promise<Session | undefined>;

/** A session is known to be in use again after this part of its idle limit. */
const TOUCHES_PER_IDLE = 10;

/** Some 5 kB each. */
const MAX_RECENT = 500;

/** Reads the session of a call for the guard, and renews it where that is due and possible. */
export class CallSessionReader implements SessionReader {
  /** By whole `Cookie` headers, which saves putting chunks together. */
  readonly #recent = new OpenedValues<Session>(MAX_RECENT);

  constructor(private readonly dependencies: CallSessionReaderDependencies) {}

  /** The name of the cookie, with its prefix. */
  get cookieName(): string {
    return this.dependencies.cookie.name;
  }

  /** Answers synchronously for a sealed session that was read before: this runs for every request. */
  accessTokenOf(source: TokenSource): string | undefined | Promise<string | undefined> {
    const session = this.sessionOf(source);
    return session instanceof Promise ? session.then(tokenOf) : tokenOf(session);
  }

  /** The session that a call may use. */
  sessionOf(source: TokenSource): Found {
    const { cookie: header } = source.headers;
    // Messages of microservices come from no browser.
    if (typeof header !== 'string' || source.transport === 'rpc') {
      return undefined;
    }
    const found = isLongLived(source) ? undefined : foundSession(source.request, this, header);
    if (found !== undefined) {
      return found.session;
    }
    const session = this.#read(source, header);
    if (session !== undefined) {
      setSession(source.request, this, header, session);
    }
    return session;
  }

  /**
   * The session of a request as it is, without a check of where the request comes from, and without a renewal.
   *
   * @throws MandateError SESSION_STORE_UNAVAILABLE
   */
  async peek(request: object): Promise<Session | undefined> {
    const { cookie, keeper } = this.dependencies;
    const header = cookieHeaderOf(request);
    // A guard may have renewed it.
    const found = await Promise.resolve(foundSession(request, this, header)?.session).catch(() => undefined);
    if (found !== undefined) {
      return this.#isOver(found) ? undefined : found;
    }
    const value = cookie.read(header);
    const session = value && (keeper.recall(value) ?? (await keeper.open(value)));
    return session === undefined || this.#isOver(session) ? undefined : session;
  }

  #read(source: TokenSource, header: string): Found {
    const recent = this.#recent.recall(header);
    if (recent !== undefined) {
      return this.#settle(recent, source);
    }
    const { cookie, keeper, responses } = this.dependencies;
    const value = cookie.read(header);
    if (value === undefined) {
      if (cookie.isIn(header)) {
        responses.clearFor(source);
      }
      return undefined;
    }
    const recalled = keeper.recall(value);
    if (recalled === undefined) {
      return this.#open(value, source);
    }
    this.#recent.remember(header, recalled);
    return this.#settle(recalled, source);
  }

  async #open(value: CookieValue, source: TokenSource): Promise<Session | undefined> {
    const session = await this.dependencies.keeper.open(value);
    if (session === undefined) {
      this.dependencies.responses.clearFor(source);
      return undefined;
    }
    return this.#settle(session, source);
  }

  #settle(session: Session, source: TokenSource): Found {
    const { csrf, responses } = this.dependencies;
    if (this.#isOver(session)) {
      responses.clearFor(source);
      return undefined;
    }
    csrf.check(source, session.content.sid);
    return this.#isUpToDate(session) ? session : this.#bringUpToDate(session, source);
  }

  #isOver({ content: { sid }, endsAt }: Session): boolean {
    const { ended, clock } = this.dependencies;
    return ended.has(sid) || endsAt <= clock();
  }

  #isUpToDate(session: Session): boolean {
    return !this.dependencies.renewal.isDue(session) && !this.#isTouchDue(session);
  }

  #isTouchDue({ content: { usedAt }, limits: { idle } }: Session): boolean {
    return this.dependencies.clock() - usedAt >= idle / TOUCHES_PER_IDLE;
  }

  #bringUpToDate(session: Session, source: TokenSource): Found {
    const { keeper, renewal, responses, clock } = this.dependencies;
    if (keeper.isInCookie && !responses.canWrite(source)) {
      // The browser would keep a refresh token that the renewal has used up.
      return session;
    }
    if (!renewal.isDue(session)) {
      return this.#touch(session, source);
    }
    if (session.content.refreshToken !== undefined) {
      return this.#renew(session, source);
    }
    if (session.content.expiresAt > clock()) {
      return session;
    }
    responses.clearFor(source);
    return undefined;
  }

  async #renew(session: Session, source: TokenSource): Promise<Session | undefined> {
    const { renewal, responses, ended, clock } = this.dependencies;
    try {
      const kept = await renewal.renew(session);
      if (kept === undefined || ended.has(session.content.sid)) {
        responses.clearFor(source);
        return undefined;
      }
      if (source.response !== undefined) {
        responses.set(source.response, kept);
      }
      return kept.session;
    } catch (error) {
      if (session.content.expiresAt > clock()) {
        return session;
      }
      throw error;
    }
  }

  /** Notes that the session is in use. If that fails, the next request tries again. */
  async #touch(session: Session, source: TokenSource): Promise<Session | undefined> {
    const { keeper, responses, clock } = this.dependencies;
    try {
      const kept = await keeper.update(session, { ...session.content, usedAt: clock() });
      if (kept !== undefined && source.response !== undefined) {
        responses.set(source.response, kept);
      }
      return kept?.session;
    } catch {
      return session;
    }
  }
}

function tokenOf(session: Session | undefined): string | undefined {
  return session?.accessToken;
}

/** Whether the request of a call is a connection, which outlives it. */
function isLongLived({ transport, headers }: TokenSource): boolean {
  return transport === 'ws' || headers['upgrade'] !== undefined;
}

/** The `Cookie` header of an HTTP request. */
export function cookieHeaderOf(request: object): string {
  const { headers } = request as { readonly headers?: Readonly<Record<string, unknown>> };
  const cookie = headers?.['cookie'];
  return typeof cookie === 'string' ? cookie : '';
}
