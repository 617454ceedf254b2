import { ExpiringMap } from '../../memory/expiring-map.js';
import type { Clock } from '../../time/clock.js';

/** Some 150 bytes each. */
const CAPACITY = 20_000;

/**
 * The sessions that this process has ended, by their ids: a cookie that was copied, or a renewal that was under way, must
 * not bring them back. Other processes learn of an end from the store, or from the pool's revocations.
 */
export class EndedSessions {
  readonly #ended: ExpiringMap<string, true>;

  constructor(clock: Clock) {
    this.#ended = new ExpiringMap(CAPACITY, clock);
  }

  /** Whether a session was ended here. This runs for every request. */
  has(sid: string): boolean {
    return this.#ended.size > 0 && this.#ended.get(sid) !== undefined;
  }

  /** @param lifetime - how long its cookie could still be used, in milliseconds. */
  add(sid: string, lifetime: number): void {
    this.#ended.set(sid, true, lifetime);
  }
}
