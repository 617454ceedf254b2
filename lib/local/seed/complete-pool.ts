import { schemaOf } from '../engine/pools/schema.js';
import type { Pool } from '../model/pool.js';
import type { LocalPoolOptions } from '../options/local-cognito.options.js';

/** Adds what the options of a kept pool have and the pool has not: attributes of the schema, a domain, passkeys. */
export function completePool(pool: Pool, { Schema = [], domain, webAuthn }: LocalPoolOptions): void {
  for (const [name, attribute] of schemaOf(Schema)) {
    if (!pool.schema.has(name)) {
      pool.schema.set(name, attribute);
    }
  }
  if (domain !== undefined && pool.domain === undefined) {
    pool.domain = { prefix: domain };
  }
  if (webAuthn !== undefined && pool.mfa.webAuthn === undefined) {
    pool.mfa = { ...pool.mfa, webAuthn };
  }
}
