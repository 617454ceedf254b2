import { checkRequest } from '../constraints/check-request.js';
import { setPoolMfa } from '../engine/mfa/pool-mfa-config.js';
import { createPool } from '../engine/pools/create-pool.js';
import type { Environment } from '../engine/environment.js';
import type { LocalCognitoOptions, LocalPoolOptions } from '../options/local-cognito.options.js';
import type { Pool } from '../model/pool.js';
import { completePool } from './complete-pool.js';
import { reportContradictions, type Warn } from './contradictions.js';
import { orRefuse } from './or-refuse.js';
import { POOL_DEFAULTS, requestOf } from './pool-request.js';
import { addContent, seedContent } from './seed-content.js';
import { withSenders } from './senders.js';

/** The pools of options that name none. */
export const DEFAULT_POOLS: readonly LocalPoolOptions[] = [{ name: 'default' }];

/**
 * Creates the pools of the options, by default one named `default`. A pool that an earlier start has kept gets what is new
 * in the options; what contradicts it is said, and stays as it was kept.
 *
 * @throws MandateArgumentError for what Cognito refuses.
 */
export function seedPools(environment: Environment, options: LocalCognitoOptions, warn: Warn): void {
  const { pools = DEFAULT_POOLS } = options;
  for (const [index, given] of pools.entries()) {
    const path = `pools[${index}]`;
    const users = index === 0 ? [...(options.users ?? []), ...(given.users ?? [])] : (given.users ?? []);
    const wanted = { ...given, users };
    const kept = keptPool(environment, wanted);
    if (kept !== undefined) {
      environment.pools.alsoNamed(wanted.name, kept.id);
      reportContradictions(kept, wanted, warn);
      completePool(kept, wanted);
    }
    const pool = kept ?? newPool(environment, wanted, path);
    const seed = kept === undefined ? seedContent : addContent;
    // Nothing can hold functions but this process.
    environment.triggers.configure(pool.id, wanted.triggers ?? options.triggers ?? {});
    seed(environment, pool, wanted, path);
  }
}

/** The id decides, as names change. */
function keptPool({ pools }: Environment, { id, name }: LocalPoolOptions): Pool | undefined {
  return (id === undefined ? undefined : pools.byId(id)) ?? pools.byName(name);
}

function newPool(environment: Environment, options: LocalPoolOptions, path: string): Pool {
  orRefuse(path, () => {
    checkRequest('CreateUserPool', { ...requestOf(options) });
  });
  const complete = withSenders({ ...POOL_DEFAULTS, ...options });
  const { id, keys, webAuthn, domain, mfa, MfaConfiguration } = complete;
  const pool = orRefuse(path, () => createPool(environment, requestOf(complete), { id, keys }));
  if (domain !== undefined) {
    pool.domain = { prefix: domain };
  }
  if (webAuthn !== undefined) {
    pool.mfa = { ...pool.mfa, webAuthn };
  }
  if (mfa !== undefined) {
    orRefuse(`${path}.mfa`, () => {
      checkRequest('SetUserPoolMfaConfig', { UserPoolId: pool.id, MfaConfiguration, ...mfa });
      setPoolMfa(pool, { MfaConfiguration, ...mfa });
    });
  }
  return pool;
}
