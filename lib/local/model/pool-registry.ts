import type { AppClient } from './app-client.js';
import type { Pool } from './pool.js';
import { poolSettings, recordsOf, trackRecords } from './pool-records.js';
import { RecordMap } from './record-map.js';

/** The pools of a server. Client ids are unique across pools: user operations identify the pool by them alone. */
export class PoolRegistry {
  readonly records = new RecordMap<Pool>({ stored: poolSettings });
  private readonly otherNames = new Map<string, string>();
  /** The pools in which clients were found, by client id. */
  private readonly byClient = new Map<string, Pool>();

  constructor() {
    this.records.path = '/pools/';
  }

  /** All pools, to look at their own settings only. */
  all(): Pool[] {
    return [...this.records.peekAll()];
  }

  byId(id: string): Pool | undefined {
    return this.records.get(id);
  }

  byName(name: string): Pool | undefined {
    const found = this.all().find((pool) => pool.name === name);
    return this.byId(found?.id ?? this.otherNames.get(name) ?? '');
  }

  /** Lets a pool be found by a name that it does not have, unless another one has it. */
  alsoNamed(name: string, id: string): void {
    this.otherNames.set(name, id);
  }

  byClientId(clientId: string): { readonly pool: Pool; readonly client: AppClient } | undefined {
    const known = this.byClient.get(clientId);
    const isCurrent = known !== undefined && this.records.peek(known.id) === known && known.clients.has(clientId);
    const found = isCurrent ? known : this.all().find(({ clients }) => clients.has(clientId));
    const pool = found && this.byId(found.id);
    const client = pool?.clients.get(clientId);
    if (pool === undefined || client === undefined) {
      this.byClient.delete(clientId);
      return undefined;
    }
    this.byClient.set(clientId, pool);
    return { pool, client };
  }

  add(pool: Pool): void {
    trackRecords(pool);
    this.records.set(pool.id, pool);
  }

  /** Adds a pool as it was stored. */
  restore(pool: Pool, number: number): void {
    trackRecords(pool);
    this.records.restore(pool.id, number, pool);
  }

  /** Removes a pool with everything in it. */
  remove(id: string): void {
    const pool = this.records.get(id);
    if (pool !== undefined) {
      for (const [, records] of recordsOf(pool)) {
        records.close();
      }
      this.records.delete(id);
    }
  }
}
