import type { Environment } from '../engine/environment.js';
import { createPool } from '../engine/pools/create-pool.js';
import type { PoolKeysPem } from '../engine/tokens/signing-keys.js';
import type { Pool } from '../model/pool.js';
import { recordsOf } from '../model/pool-records.js';
import type { SignIn } from '../model/sign-in.js';
import type { User } from '../model/user.js';

/** A record and its number among those of its kind. */
export type NumberedRecord = readonly [number: number, value: unknown];

/** What is kept of all pools. */
export interface KeptPools {
  /** A pool's own settings, by pool id. */
  readonly pools: Map<string, NumberedRecord>;
  readonly keys: Map<string, NumberedRecord>;
  /** By pool id, kind and key. */
  readonly contents: Map<string, Map<string, Map<string, NumberedRecord>>>;
}

/**
 * Recreates pools as they were kept.
 *
 * @returns false if something is of a kind that this version does not know, or belongs to no pool.
 */
export function restorePools(environment: Environment, { pools, keys, contents }: KeptPools): boolean {
  for (const [id, [number, settings]] of inOrder(pools)) {
    const pool = emptyPool(environment, settings as Pool);
    environment.pools.records.restore(id, number, pool);
    for (const [kind, records] of contents.get(id) ?? []) {
      if (!restoreKind(pool, kind, records)) {
        return false;
      }
    }
  }
  for (const [id, [number, pem]] of inOrder(keys)) {
    environment.keys.restore(id, number, pem as PoolKeysPem);
  }
  return [...contents.keys()].every((id) => pools.has(id));
}

/** A new pool has every kind of content, so that only its settings are to be replaced. */
function emptyPool(environment: Environment, settings: Pool): Pool {
  const { UsernameConfiguration } = settings.settings;
  const request = { PoolName: settings.name, ...(UsernameConfiguration && { UsernameConfiguration }) };
  const pool = Object.assign(createPool(environment, request, { id: settings.id }), settings);
  pool.schema.clear();
  return pool;
}

function restoreKind(pool: Pool, kind: string, kept: ReadonlyMap<string, NumberedRecord>): boolean {
  const [, records] = recordsOf(pool).find(([name]) => name === kind) ?? [];
  for (const [key, [number, value]] of inOrder(kept)) {
    if (kind === 'users') {
      pool.users.restore(value as User, number);
    } else if (kind === 'signIns') {
      pool.signIns.restore(value as SignIn, number);
    } else {
      records?.restore(key, number, value);
    }
  }
  return records !== undefined;
}

function inOrder(records: ReadonlyMap<string, NumberedRecord>): [string, NumberedRecord][] {
  return [...records].sort(([, [a]], [, [b]]) => a - b);
}
