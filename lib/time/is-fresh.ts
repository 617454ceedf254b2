/**
 * Whether less than a time to live has passed since a moment. A clock that was set back to before the moment cannot tell
 * how much time has passed, so all of it has: nothing is kept for longer because of such a clock.
 *
 * @param since - the moment, by the same clock as `now`.
 * @param ttl - milliseconds.
 */
export function isFresh(since: number, ttl: number, now: number): boolean {
  const elapsed = now - since;
  return elapsed >= 0 && elapsed < ttl;
}
