/**
 * Where revocations are kept: a `Keyv` of version 5 as it is, or anything of this shape. Several instances of an
 * application that share one refuse the same tokens.
 *
 * It must not lose what it was given: a Redis needs `maxmemory-policy noeviction`. When it fails it may reject, or give
 * nothing for all keys at once; both are noticed. That it gives nothing for some of them cannot be noticed, so the
 * adapter of a Keyv must have a `getMany` that answers for all keys or rejects, as that of `@keyv/redis` does.
 */
export interface RevocationStore {
  /** The value of a key; `undefined` or `null` when there is none. */
  get(key: string): unknown;

  /** @param ttl - milliseconds for which the value is to be kept, up to ten years; left out for one that is kept for good. */
  set(key: string, value: number, ttl?: number): unknown;

  /** The values of several keys in one round trip, in their order. Without it, `get` is called for each at once. */
  getMany?(keys: string[]): unknown;
}
