import type { AppClient } from './app-client.js';
import type { Pool } from './pool.js';

/** The pools of a server. Client ids are unique across pools: user operations identify the pool by them alone. */
export class PoolRegistry {
  private readonly pools = new Map<string, Pool>();

  all(): Pool[] {
    return [...this.pools.values()];
  }

  byId(id: string): Pool | undefined {
    return this.pools.get(id);
  }

  byName(name: string): Pool | undefined {
    return this.all().find((pool) => pool.name === name);
  }

  byClientId(clientId: string): { readonly pool: Pool; readonly client: AppClient } | undefined {
    for (const pool of this.pools.values()) {
      const client = pool.clients.get(clientId);
      if (client !== undefined) {
        return { pool, client };
      }
    }
    return undefined;
  }

  add(pool: Pool): void {
    this.pools.set(pool.id, pool);
  }

  remove(id: string): void {
    this.pools.delete(id);
  }
}
