/** The members of a Keyv that are inspected. */
interface KeyvShape {
  readonly store?: unknown;
  readonly opts?: { readonly store?: unknown };
}

interface AdapterShape {
  readonly getMany?: unknown;
}

/**
 * Whether a store is a Keyv over an adapter without `getMany`. Keyv reads each key from such an adapter separately and
 * treats a key that fails as one that is missing (with `throwOnErrors` too), so that any entry may be overlooked. A `Map`
 * never fails.
 */
export function hidesFailures(store: object): boolean {
  const { store: adapter, opts } = store as KeyvShape;
  const isKeyv = typeof adapter === 'object' && adapter !== null && opts?.store === adapter;
  return isKeyv && !(adapter instanceof Map) && typeof (adapter as AdapterShape).getMany !== 'function';
}
