import type { CreateUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';

import { regionOfPool } from '../../../protocol/region.js';
import type { Pool, PoolMfa } from '../../model/pool.js';
import { SignInStore } from '../../model/sign-in-store.js';
import { UserDirectory } from '../../model/user-directory.js';
import type { Environment } from '../environment.js';
import type { PoolKeysPem } from '../tokens/signing-keys.js';
import { withPoolDefaults } from './pool-defaults.js';
import { schemaOf } from './schema.js';
import { assertTags } from './tags.js';

/** The region in pool ids, ARNs and device keys. */
const LOCAL_REGION = 'us-east-1';
/** Length of the part after the region. */
const POOL_ID_LENGTH = 9;

/** Parameters of CreateUserPool. */
export type PoolRequest = Omit<CreateUserPoolRequest, 'PoolName'> & { readonly PoolName: string };

/** Values that Cognito would generate. */
export interface PresetValues {
  readonly id?: string | undefined;
  readonly keys?: PoolKeysPem | undefined;
}

/** Creates a pool and registers it. */
export function createPool(
  environment: Pick<Environment, 'clock' | 'random' | 'pools' | 'keys'>,
  { PoolName, Schema, MfaConfiguration, ...settings }: PoolRequest,
  preset: PresetValues = {},
): Pool {
  const { id = `${LOCAL_REGION}_${environment.random.alphanumeric(POOL_ID_LENGTH)}`, keys } = preset;
  assertTags(settings.UserPoolTags ?? {});
  const now = environment.clock();
  const pool: Pool = {
    id,
    name: PoolName,
    region: regionOfPool(id),
    settings: withPoolDefaults(settings),
    mfa: mfaOf(MfaConfiguration ?? 'OFF', settings),
    schema: schemaOf(Schema ?? []),
    createdAt: now,
    modifiedAt: now,
    clients: new Map(),
    groups: new Map(),
    identityProviders: new Map(),
    resourceServers: new Map(),
    brandings: new Map(),
    terms: new Map(),
    importJobs: new Map(),
    importFiles: new Map(),
    authEvents: new Map(),
    riskConfigurations: new Map(),
    uiCustomizations: new Map(),
    replicas: new Map(),
    users: new UserDirectory(settings.UsernameConfiguration?.CaseSensitive ?? true),
    signIns: new SignInStore(),
  };
  environment.pools.add(pool);
  if (keys !== undefined) {
    environment.keys.import(id, keys);
  }
  return pool;
}

/** The MFA configuration that CreateUserPool and UpdateUserPool can set. */
export function mfaOf(
  configuration: PoolMfa['configuration'],
  { SmsConfiguration, SmsAuthenticationMessage }: Omit<PoolRequest, 'PoolName'>,
): PoolMfa {
  const sms = {
    ...(SmsConfiguration && { SmsConfiguration }),
    ...(SmsAuthenticationMessage !== undefined && { SmsAuthenticationMessage }),
  };
  return configuration === 'OFF' || SmsConfiguration === undefined ? { configuration } : { configuration, sms };
}
