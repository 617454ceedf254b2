import type { Environment } from '../engine/environment.js';
import type { PoolKeysPem } from '../engine/tokens/signing-keys.js';
import type { AppClient } from '../model/app-client.js';
import type { UserAuthEvents } from '../model/auth-event.js';
import type { IdentityProvider } from '../model/identity-provider.js';
import type { ManagedLoginBranding } from '../model/managed-login-branding.js';
import type { Group, Pool, SchemaAttribute } from '../model/pool.js';
import type { PoolReplica, RiskConfiguration, UiCustomization } from '../model/pool-configuration.js';
import type { ResourceServer } from '../model/resource-server.js';
import type { SignIn } from '../model/sign-in.js';
import { SignInStore } from '../model/sign-in-store.js';
import type { Terms } from '../model/terms.js';
import type { User } from '../model/user.js';
import { UserDirectory } from '../model/user-directory.js';
import type { UserImportFile, UserImportJob } from '../model/user-import-job.js';

type Federation = 'identityProviders' | 'resourceServers' | 'brandings';
type Collections = 'schema' | 'clients' | 'groups' | 'users' | 'signIns' | Federation | keyof Configuration;

/** The content that earlier versions did not have. */
interface Configuration {
  readonly terms: readonly Terms[];
  readonly importJobs: readonly UserImportJob[];
  readonly importFiles: readonly UserImportFile[];
  readonly authEvents: readonly UserAuthEvents[];
  readonly riskConfigurations: readonly RiskConfiguration[];
  readonly uiCustomizations: readonly UiCustomization[];
  readonly replicas: readonly PoolReplica[];
}

/** A pool and its private keys as plain data. Pending challenges are omitted, because they expire within minutes. */
export interface PoolSnapshot extends Omit<Pool, Collections>, Partial<Configuration> {
  readonly schema: readonly SchemaAttribute[];
  readonly clients: readonly AppClient[];
  readonly groups: readonly Group[];
  /** Like the next two, absent from files of earlier versions. */
  readonly identityProviders?: readonly IdentityProvider[];
  readonly resourceServers?: readonly ResourceServer[];
  readonly brandings?: readonly ManagedLoginBranding[];
  readonly users: readonly User[];
  readonly signIns: readonly SignIn[];
  readonly keys: PoolKeysPem;
}

/** Takes a snapshot of a pool. Serialize it at once, because it shares its records with the pool. */
export function snapshotOf(pool: Pool, keys: PoolKeysPem): PoolSnapshot {
  const { schema, clients, groups, users, signIns, ...rest } = pool;
  const { identityProviders, resourceServers, brandings, ...others } = rest;
  const { terms, importJobs, importFiles, authEvents, riskConfigurations, uiCustomizations, replicas, ...record } =
    others;
  return {
    ...record,
    terms: [...terms.values()],
    importJobs: [...importJobs.values()],
    importFiles: [...importFiles.values()],
    authEvents: [...authEvents.values()],
    riskConfigurations: [...riskConfigurations.values()],
    uiCustomizations: [...uiCustomizations.values()],
    replicas: [...replicas.values()],
    schema: [...schema.values()],
    clients: [...clients.values()],
    groups: [...groups.values()],
    identityProviders: [...identityProviders.values()],
    resourceServers: [...resourceServers.values()],
    brandings: [...brandings.values()],
    users: users.all(),
    signIns: signIns.all(),
    keys,
  };
}

/** Recreates a pool and registers it. */
export function restorePool(environment: Pick<Environment, 'pools' | 'keys'>, snapshot: PoolSnapshot): Pool {
  const { schema, clients, groups, users, signIns, keys, ...rest } = snapshot;
  const { identityProviders = [], resourceServers = [], brandings = [], ...others } = rest;
  const { terms = [], importJobs = [], importFiles = [], authEvents = [], ...configured } = others;
  const { riskConfigurations = [], uiCustomizations = [], replicas = [], ...record } = configured;
  const pool: Pool = {
    ...record,
    schema: new Map(schema.map((attribute) => [attribute.Name, attribute])),
    clients: new Map(clients.map((client) => [client.id, client])),
    groups: new Map(groups.map((group) => [group.name, group])),
    identityProviders: new Map(identityProviders.map((provider) => [provider.name, provider])),
    resourceServers: new Map(resourceServers.map((server) => [server.identifier, server])),
    brandings: new Map(brandings.map((branding) => [branding.clientId, branding])),
    terms: new Map(terms.map((document) => [document.id, document])),
    importJobs: new Map(importJobs.map((job) => [job.id, job])),
    importFiles: new Map(importFiles.map((file) => [file.jobId, file])),
    authEvents: new Map(authEvents.map((history) => [history.sub, history])),
    riskConfigurations: new Map(riskConfigurations.map((configuration) => [configuration.clientId, configuration])),
    uiCustomizations: new Map(uiCustomizations.map((customization) => [customization.clientId, customization])),
    replicas: new Map(replicas.map((replica) => [replica.region, replica])),
    users: new UserDirectory(record.settings.UsernameConfiguration?.CaseSensitive ?? true),
    signIns: new SignInStore(),
  };
  for (const user of users) {
    pool.users.add(user);
  }
  for (const signIn of signIns) {
    pool.signIns.add(signIn);
  }
  environment.keys.import(pool.id, keys);
  environment.pools.add(pool);
  return pool;
}
