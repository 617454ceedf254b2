import type { Pool } from './pool.js';
import { RecordMap } from './record-map.js';
import { SignInStore } from './sign-in-store.js';
import { UserDirectory } from './user-directory.js';

/** A pool's records by kind, the name of the pool's member. Kinds have the types that they have in the pool. */
export function recordsOf(pool: Pool): readonly (readonly [kind: string, records: RecordMap<unknown>])[] {
  return Object.entries(pool as unknown as Record<string, unknown>).flatMap(([kind, value]) => {
    const records = recordsIn(value);
    return records === undefined ? [] : [[kind, records] as const];
  });
}

function recordsIn(member: unknown): RecordMap<unknown> | undefined {
  const records = member instanceof UserDirectory || member instanceof SignInStore ? member.records : member;
  return records instanceof RecordMap ? (records as RecordMap<unknown>) : undefined;
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

/** The members of a pool that are neither records nor made of them. Every request asks for them, to see what changed. */
export function poolSettings(pool: Pool): object {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(pool as unknown as Record<string, unknown>)) {
    if (recordsIn(value) === undefined) {
      settings[name] = value;
    }
  }
  return settings;
}

function recordMap(entries: ReadonlyMap<string, unknown>): RecordMap<unknown> {
  const records = new RecordMap<unknown>();
  entries.forEach((value, key) => records.set(key, value));
  return records;
}
