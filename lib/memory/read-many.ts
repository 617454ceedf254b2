/** A store that may read several keys in one round trip, as a Keyv does. */
export interface ReadableStore {
  get(key: string): unknown;
  getMany?(keys: string[]): unknown;
}

/**
 * The values of several keys, in their order: in one round trip where the store can.
 *
 * @param name - of the store, for the error.
 * @throws TypeError if the store does not return one value per key.
 */
export async function readMany(store: ReadableStore, keys: string[], name: string): Promise<readonly unknown[]> {
  const values: unknown =
    store.getMany === undefined ? await Promise.all(keys.map((key) => store.get(key))) : await store.getMany(keys);
  if (!Array.isArray(values) || values.length !== keys.length) {
    throw new TypeError(`The ${name} did not return one value per key.`);
  }
  return values as readonly unknown[];
}
