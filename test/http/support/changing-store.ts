import { EventEmitter, once } from 'node:events';

import type { BrowserSessionStore } from '../../../lib/http/session/browser-session-store.js';

/** Tells when a store of several instances changes, so that whoever waits for another instance need not wait for the time. */
export class StoreChanges {
  readonly #events = new EventEmitter();
  /** Called before a value is written. */
  onSet: (key: string) => void = () => undefined;
  #count = 0;
  #seen = 0;

  /** A store whose changes count. */
  watch(store: BrowserSessionStore): BrowserSessionStore {
    return {
      get: (key) => store.get(key),
      ...(store.getMany !== undefined && { getMany: store.getMany.bind(store) }),
      set: async (key, value, ttl) => {
        this.onSet(key);
        return this.#counted(store.set(key, value, ttl));
      },
      delete: async (key) => this.#counted(store.delete(key)),
    };
  }

  /** Resolves when the store has changed since the last time. */
  readonly wait = async (): Promise<void> => {
    if (this.#count === this.#seen) {
      await once(this.#events, 'change');
    }
    this.#seen = this.#count;
  };

  async #counted(change: unknown): Promise<unknown> {
    const result: unknown = await change;
    this.#count += 1;
    this.#events.emit('change');
    return result;
  }
}
