import type { Pool } from './pool.js';
import { RecordMap } from './record-map.js';
import { SignInStore } from './sign-in-store.js';
import { UserDirectory } from './user-directory.js';

/** A pool's records by kind, the name of the pool's member. Kinds have the types that they have in the pool. */
export function recordsOf(pool: Pool): readonly (readonly [kind: string, records: RecordMap<unknown>])[] {
  return Object.entries(pool as unknown as Record<string, unknown>).flatMap(([kind, value]) => {
    const records = value instanceof UserDirectory || value instanceof SignInStore ? value.records : value;
    return records instanceof RecordMap ? [[kind, records as RecordMap<unknown>] as const] : [];
  });
}

/** Makes every map of a pool one of records, and so one that is stored. */
export function trackRecords(pool: Pool): void {
  for (const [kind, value] of Object.entries(pool as unknown as Record<string, unknown>)) {
    if (value instanceof Map && !(value instanceof RecordMap)) {
      Object.assign(pool, { [kind]: recordMap(value as Map<string, unknown>) });
    }
  }
  for (const [kind, records] of recordsOf(pool)) {
    records.path = `${pool.id}/${kind}/`;
  }
}

/** The members of a pool that are neither records nor made of them. */
export function poolSettings(pool: Pool): object {
  const kinds = new Set(recordsOf(pool).map(([kind]) => kind));
  return Object.fromEntries(Object.entries(pool).filter(([name]) => !kinds.has(name)));
}

function recordMap(entries: ReadonlyMap<string, unknown>): RecordMap<unknown> {
  const records = new RecordMap<unknown>();
  entries.forEach((value, key) => records.set(key, value));
  return records;
}
