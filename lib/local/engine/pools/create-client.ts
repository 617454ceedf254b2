import type { AppClient, AppClientSecret, AppClientSettings } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { Environment } from '../environment.js';
import { withClientDefaults } from './pool-defaults.js';

const CLIENT_ID_LENGTH = 26;
const SECRET_LENGTH = 51;

/** A client to make. */
export interface ClientRequest {
  readonly name: string;
  readonly id?: string | undefined;
  /** True makes one. */
  readonly secret?: string | boolean | undefined;
  readonly settings: AppClientSettings;
}

type Maker = Pick<Environment, 'clock' | 'random'>;

/** Makes an app client in a pool. */
export function createClient(environment: Maker, pool: Pool, request: ClientRequest): AppClient {
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

/** Makes a secret for a client; a random one unless a value is given. */
export function newSecret({ clock, random }: Maker, clientId: string, value?: string): AppClientSecret {
  return {
    id: `${clientId}--${random.lowerAlphanumeric(16)}`,
    value: value ?? random.lowerAlphanumeric(SECRET_LENGTH),
    createdAt: clock(),
  };
}
