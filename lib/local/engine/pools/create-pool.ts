import type { CreateUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';

import { regionOfPool } from '../../../protocol/region.js';
import type { Pool } from '../../model/pool.js';
import { SignInStore } from '../../model/sign-in-store.js';
import { UserDirectory } from '../../model/user-directory.js';
import type { Environment } from '../environment.js';
import { newPoolMfa } from '../mfa/pool-level-mfa.js';
import type { PoolKeysPem } from '../tokens/signing-keys.js';
import { assertTierHasFeatures } from './feature-plan.js';
import { assertFirstFactors, assertFirstFactorsAllowMfa } from './first-factors.js';
import { withPoolDefaults } from './pool-defaults.js';
import { assertPoolSettings } from './pool-settings.js';
import { schemaOf } from './schema.js';
import { assertTags } from './tags.js';

/** Length of the part after the region. */
const POOL_ID_LENGTH = 9;

/** Parameters of CreateUserPool. */
export type PoolRequest = Omit<CreateUserPoolRequest, 'PoolName'> & { readonly PoolName: string };

/** Values that Cognito would generate. */
export interface PresetValues {
  readonly id?: string | undefined;
  /** The Region of a generated id. Default: that of the server. */
  readonly region?: string | undefined;
  readonly keys?: PoolKeysPem | undefined;
}

/**
 * Creates a pool and registers it.
 *
 * @throws CognitoFault InvalidParameterException for settings that contradict each other,
 *   FeatureUnavailableInTierException for those that the pool's feature plan lacks.
 */
export function createPool(
  environment: Pick<Environment, 'clock' | 'random' | 'pools' | 'keys' | 'region'>,
  { PoolName, Schema, MfaConfiguration, ...requested }: PoolRequest,
  preset: PresetValues = {},
): Pool {
  const { region = environment.region, keys } = preset;
  const { id = `${region}_${environment.random.alphanumeric(POOL_ID_LENGTH)}` } = preset;
  assertPoolSettings(requested);
  assertTags(requested.UserPoolTags ?? {});
  const settings = withPoolDefaults(requested);
  const mfa = newPoolMfa(MfaConfiguration, requested);
  assertTierHasFeatures(settings, false);
  assertFirstFactors(settings);
  assertFirstFactorsAllowMfa(settings, mfa);
  const now = environment.clock();
  const pool: Pool = {
    id,
    name: PoolName,
    region: regionOfPool(id),
    settings,
    mfa,
    schema: schemaOf(Schema ?? []),
    createdAt: now,
    modifiedAt: now,
    clients: new Map(),
    groups: new Map(),
    identityProviders: new Map(),
    resourceServers: new Map(),
    brandings: new Map(),
    seeded: new Map(),
    terms: new Map(),
    importJobs: new Map(),
    importFiles: new Map(),
    authEvents: new Map(),
    riskConfigurations: new Map(),
    uiCustomizations: new Map(),
    replicas: new Map(),
    users: new UserDirectory(requested.UsernameConfiguration?.CaseSensitive ?? true),
    signIns: new SignInStore(),
  };
  environment.pools.add(pool);
  if (keys !== undefined) {
    environment.keys.import(id, keys);
  }
  return pool;
}
