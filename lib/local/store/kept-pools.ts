import type { StoredRecord } from './level-store.js';
import type { KeptPools, NumberedRecord } from './restore-pools.js';

/** Keys are `<pool id>/<kind>/<key>`; those of the pools themselves and their signing keys have no pool id. */
const KEY = /^([^/]*)\/([^/]+)\/(.*)$/s;

/**
 * Sorts stored records by pool and kind.
 *
 * @returns undefined if one of them is not readable.
 */
export async function keptPools(records: AsyncIterable<StoredRecord>): Promise<KeptPools | undefined> {
  const kept: KeptPools = { pools: new Map(), keys: new Map(), contents: new Map() };
  for await (const [key, text] of records) {
    const [, poolId, kind, name] = KEY.exec(key) ?? [];
    const record = parsed(text);
    if (poolId === undefined || kind === undefined || name === undefined || record === undefined) {
      return undefined;
    }
    kindOf(kept, poolId, kind).set(name, record);
  }
  return kept;
}

function kindOf({ pools, keys, contents }: KeptPools, poolId: string, kind: string): Map<string, NumberedRecord> {
  if (poolId === '') {
    return kind === 'pools' ? pools : keys;
  }
  const pool = contents.get(poolId) ?? new Map<string, Map<string, NumberedRecord>>();
  contents.set(poolId, pool);
  const records = pool.get(kind) ?? new Map<string, NumberedRecord>();
  pool.set(kind, records);
  return records;
}

function parsed(text: string): NumberedRecord | undefined {
  try {
    const record: unknown = JSON.parse(text);
    return Array.isArray(record) && record.length === 2 ? (record as unknown as NumberedRecord) : undefined;
  } catch {
    return undefined;
  }
}
