import type { RevocationStore } from './revocation-store.js';

/** What can be seen of a Keyv. */
interface KeyvShape {
  readonly store?: unknown;
  readonly opts?: { readonly store?: unknown };
}

/**
 * Whether a store is a Keyv over an adapter without `getMany`. Keyv asks such an adapter for each key by itself and takes
 * a key that fails for one that is missing (with `throwOnErrors` too): of a token's marks any may be overlooked. Over
 * a `Map` nothing fails.
 */
export function overlooksFailures(store: RevocationStore): boolean {
  const { store: adapter, opts } = store as KeyvShape;
  const isKeyv = typeof adapter === 'object' && adapter !== null && opts?.store === adapter;
  return isKeyv && !(adapter instanceof Map) && typeof (adapter as RevocationStore).getMany !== 'function';
}
