import type { EndedSessions } from './ended-sessions.js';
import { OpenedValues } from './opened-values.js';
import { type Seal, sealedLength } from './seal.js';
import { readSessionContent, type SessionContent } from './session-content.js';
import type { CookieValue, SessionCookie } from './session-cookie.js';
import type { Kept, SessionKeeper } from './session-keeper.js';
import { Session, type SessionLimits } from './session.js';

/** Some 5 kB each. */
const CAPACITY = 2_000;

/** An opened value, and the number of cookies that it was sealed for. */
interface Opened {
  readonly session: Session;
  readonly chunks: number;
}

/** Sessions that are kept in the cookie itself, sealed. */
export class SealedSessions implements SessionKeeper {
  readonly isInCookie = true;
  readonly #opened = new OpenedValues<Opened>(CAPACITY);

  constructor(
    private readonly cookie: SessionCookie,
    private readonly seal: Seal,
    private readonly ended: EndedSessions,
    private readonly limits: SessionLimits,
  ) {}

  recall({ value, chunks }: CookieValue): Session | undefined {
    const opened = this.#opened.recall(value);
    return opened?.chunks === chunks ? opened.session : undefined;
  }

  async open(cookie: CookieValue): Promise<Session | undefined> {
    const sealed = await this.seal.open(cookie.value);
    const content = sealed && readSessionContent(sealed);
    if (content === undefined || sealed?.['chunks'] !== cookie.chunks) {
      return undefined;
    }
    const session = new Session(content, this.limits);
    this.#opened.remember(cookie.value, { session, chunks: cookie.chunks });
    return session;
  }

  async create(content: SessionContent): Promise<Kept> {
    // The number of chunks is a part of what is measured; it always has one digit.
    const chunks = this.cookie.chunksFor(sealedLength({ ...content, chunks: 1 }));
    const cookie = await this.seal.seal({ ...content, chunks });
    const session = new Session(content, this.limits);
    this.#opened.remember(cookie, { session, chunks });
    return { session, cookie };
  }

  async update({ content: { sid } }: Session, content: SessionContent): Promise<Kept | undefined> {
    if (this.ended.has(sid)) {
      return undefined;
    }
    const kept = await this.create(content);
    // It may have ended in the meantime.
    return this.ended.has(sid) ? undefined : kept;
  }

  end({ content: { sid } }: Session): Promise<void> {
    // Copies of the cookie work no longer than that.
    this.ended.add(sid, this.limits.absolute);
    return Promise.resolve();
  }
}
