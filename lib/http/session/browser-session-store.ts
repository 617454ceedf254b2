/**
 * A store for browser sessions: a `Keyv` of version 5, or any object of this shape. Instances of an application that share
 * one share the sessions. It receives sealed content and hashes of ids.
 *
 * When it fails it may reject, or return nothing for all keys at once; both are detected. Returning nothing for some of the
 * keys cannot be detected, so the adapter of a Keyv must have a `getMany` that answers for all keys or rejects, like that
 * of `@keyv/redis`.
 *
 * @publicApi
 */
export interface BrowserSessionStore {
  /** The value of a key; `undefined` or `null` if there is none. */
  get(key: string): unknown;

  /** @param ttl - milliseconds to keep the value. Default: no expiry. */
  set(key: string, value: string, ttl?: number): unknown;

  /** Deletes a key. */
  delete(key: string): unknown;

  /** The values of several keys in one round trip, in their order. Without it, `get` is called for each at once. */
  getMany?(keys: string[]): unknown;
}
