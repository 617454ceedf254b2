import { hash, randomBytes } from 'node:crypto';

import type { Clock } from '../../time/clock.js';
import type { EndedSessions } from './ended-sessions.js';
import { OpenedValues } from './opened-values.js';
import type { Seal } from './seal.js';
import { readSessionContent, type SessionContent } from './session-content.js';
import type { CookieValue } from './session-cookie.js';
import type { Kept, SessionKeeper, SharedSessions } from './session-keeper.js';
import type { SessionStore } from './session-store.js';
import { Session, type SessionLimits } from './session.js';

/** Dependencies of `StoredSessions`. */
export interface StoredSessionsDependencies {
  readonly store: SessionStore;
  readonly seal: Seal;
  readonly ended: EndedSessions;
  readonly limits: SessionLimits;
  readonly clock: Clock;
}

/** Some 5 kB each. */
const CAPACITY = 2_000;
/** Milliseconds after which a lock is void: whoever held it has failed. */
export const LOCK_TTL = 10_000;
/** The cookie: a random id of 256 bits, and a hash of the user's `sub`. */
const COOKIE = /^([\w-]{43})\.([\w-]{22})$/;

/**
 * Sessions in a store. The cookie holds a random id, and the store the sealed session under a hash of it: whoever reads the
 * store can neither use a session nor read a token.
 *
 * A store cannot compare and set, so a renewal that is under way could write a session back that has just ended. So an end
 * leaves a mark of its own (`ended:<key>`) beside the deletion, and an end of all sessions of a user changes the user's
 * generation (`user:<hash>`); each read asks for both in the same round trip. Neither mark is needed once the sessions from
 * before it are past their absolute limit.
 */
export class StoredSessions implements SessionKeeper {
  readonly isInCookie = false;
  readonly shared: SharedSessions;
  readonly #opened = new OpenedValues<SealedRecord>(CAPACITY);

  constructor(private readonly dependencies: StoredSessionsDependencies) {
    this.shared = {
      reload: async ({ storedAs, content }) =>
        storedAs === undefined ? undefined : this.#find(storedAs.key, userTag(content.sub)),
      lock: async (session) => this.#lock(lockKey(session)),
      unlock: async (session) => {
        await dependencies.store.delete(lockKey(session));
      },
      endKey: async (key) => this.#end(key),
      endAll: async (sub) => {
        await dependencies.store.contend(`user:${userTag(sub)}`, randomId(16), dependencies.limits.absolute);
      },
    };
  }

  /** The store decides, always. */
  recall(): undefined {
    return undefined;
  }

  async open({ value }: CookieValue): Promise<Session | undefined> {
    const [, id, tag] = COOKIE.exec(value) ?? [];
    return id === undefined || tag === undefined ? undefined : this.#find(keyOf(id), tag);
  }

  async create(content: SessionContent): Promise<Kept> {
    const id = randomId(32);
    const key = keyOf(id);
    const tag = userTag(content.sub);
    const [generation = ''] = await this.dependencies.store.read([`user:${tag}`]);
    const session = await this.#write(content, { key, generation });
    return { session, cookie: `${id}.${tag}` };
  }

  async update(session: Session, content: SessionContent): Promise<Kept | undefined> {
    const { storedAs } = session;
    // Also a renewal may have taken long enough for the session to end.
    if (storedAs === undefined || (await this.shared.reload(session)) === undefined) {
      return undefined;
    }
    return { session: await this.#write(content, storedAs) };
  }

  async end({ content, storedAs }: Session): Promise<void> {
    this.dependencies.ended.add(content.sid, this.dependencies.limits.absolute);
    if (storedAs !== undefined) {
      await this.#end(storedAs.key);
    }
  }

  async #find(key: string, tag: string): Promise<Session | undefined> {
    const { store, limits } = this.dependencies;
    const [sealed, ended, generation = ''] = await store.read([`session:${key}`, `ended:${key}`, `user:${tag}`]);
    if (sealed === undefined || ended !== undefined) {
      return undefined;
    }
    const record = this.#opened.recall(sealed) ?? (await this.#open(sealed));
    // What was sealed for another key was put there by somebody else. A missing generation has outlived its use.
    if (record?.key !== key || userTag(record.content.sub) !== tag) {
      return undefined;
    }
    return generation !== '' && record.generation !== generation
      ? undefined
      : new Session(record.content, limits, { key, generation: record.generation });
  }

  async #open(sealed: string): Promise<SealedRecord | undefined> {
    const opened = await this.dependencies.seal.open(sealed);
    const content = opened && readSessionContent(opened);
    const { key, generation } = opened ?? {};
    if (content === undefined || typeof key !== 'string' || typeof generation !== 'string') {
      return undefined;
    }
    const record = { content, key, generation };
    this.#opened.remember(sealed, record);
    return record;
  }

  async #write(content: SessionContent, storedAs: { key: string; generation: string }): Promise<Session> {
    const { seal, store, limits, clock } = this.dependencies;
    const session = new Session(content, limits, storedAs);
    const sealed = await seal.seal({ ...content, ...storedAs });
    await store.write(`session:${storedAs.key}`, sealed, session.endsAt - clock());
    return session;
  }

  async #end(key: string): Promise<void> {
    const { store, limits } = this.dependencies;
    await store.write(`ended:${key}`, '1', limits.absolute);
    await store.delete(`session:${key}`);
  }

  async #lock(key: string): Promise<boolean> {
    const { store } = this.dependencies;
    const [holder] = await store.read([key]);
    if (holder !== undefined) {
      return false;
    }
    const own = randomId(16);
    if ((await store.contend(key, own, LOCK_TTL)) !== own) {
      return false;
    }
    // Another that also saw no holder has written by now, as far as can be known, and the last one holds it.
    const [last] = await store.read([key]);
    return last === own;
  }
}

interface SealedRecord {
  readonly content: SessionContent;
  readonly key: string;
  readonly generation: string;
}

function lockKey({ storedAs }: Session): string {
  return `lock:${storedAs?.key ?? ''}`;
}

/** The store's key of a session; the id itself is a credential. */
function keyOf(id: string): string {
  return hash('sha256', id, 'base64url');
}

/** Names a user in the store and in the cookie without saying who it is. */
function userTag(sub: string): string {
  return hash('sha256', `mandate user ${sub}`, 'base64url').slice(0, 22);
}

function randomId(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
