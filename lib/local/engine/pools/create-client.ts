import type { AppClient, AppClientSecret, AppClientSettings } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { Environment } from '../environment.js';
import { withClientDefaults } from '../clients/client-defaults.js';

const CLIENT_ID_LENGTH = 26;
const SECRET_ID_LENGTH = 16;
const SECRET_LENGTH = 51;

/** A client to create. */
export interface ClientRequest {
  readonly name: string;
  /** Default: random. */
  readonly id?: string | undefined;
  /** True generates a secret; a string is the secret. Default: no secret. */
  readonly secret?: string | boolean | undefined;
  readonly settings: AppClientSettings;
}

type Generators = Pick<Environment, 'clock' | 'random'>;

/** Creates an app client in a pool. */
export function createClient(environment: Generators, pool: Pool, request: ClientRequest): AppClient {
  const id = request.id ?? environment.random.lowerAlphanumeric(CLIENT_ID_LENGTH);
  const now = environment.clock();
  const client: AppClient = {
    id,
    name: request.name,
    settings: withClientDefaults(request.settings),
    secrets: [],
    createdAt: now,
    modifiedAt: now,
  };
  if (request.secret !== undefined && request.secret !== false) {
    client.secrets.push(newSecret(environment, id, request.secret === true ? undefined : request.secret));
  }
  pool.clients.set(id, client);
  return client;
}

/** Removes an app client and what was configured for it. */
export function deleteClient(pool: Pool, { id }: AppClient): void {
  const ownTerms = [...pool.terms.values()].filter(({ clientId }) => clientId === id);
  ownTerms.forEach((terms) => pool.terms.delete(terms.id));
  for (const configured of [pool.brandings, pool.riskConfigurations, pool.uiCustomizations, pool.clients]) {
    configured.delete(id);
  }
}

/** Creates a client secret. Default value: random. */
export function newSecret({ clock, random }: Generators, clientId: string, value?: string): AppClientSecret {
  return {
    id: `${clientId}--${random.lowerAlphanumeric(SECRET_ID_LENGTH)}`,
    value: value ?? random.lowerAlphanumeric(SECRET_LENGTH),
    createdAt: clock(),
  };
}
