import { MandateArgumentError } from '../errors/argument-error.js';
import { type Environment, issuerOf } from './engine/environment.js';
import type { LocalClientOptions, LocalUserOptions } from './options/local-cognito.options.js';
import type { AppClient } from './model/app-client.js';
import type { Pool } from './model/pool.js';
import { seedClient } from './seed/seed-client.js';
import { seedUser } from './seed/seed-users.js';

/** An app client of the embedded Cognito. */
export interface LocalClient {
  readonly id: string;
  readonly name: string;
  /** Its first secret; undefined for a public client. */
  readonly secret?: string;
}

/** A user of the embedded Cognito. */
export interface LocalUser {
  /** The internal username: the `sub` in pools where people sign in with an e-mail or phone. */
  readonly username: string;
  readonly sub: string;
}

/** Options of MandateModule for a pool of the embedded Cognito. */
export interface LocalModuleOptions {
  userPoolId: string;
  clientId: string;
  clientSecret?: string;
  region: string;
  endpoint: string;
  issuer: string;
  jwksUri: string;
  /** Any signature is accepted; the AWS SDK only wants to have something to sign with. */
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** A handle on one pool of a running embedded Cognito. */
export class LocalPool {
  /** Made by `LocalCognito.pool`. */
  constructor(
    private readonly environment: Environment,
    private readonly pool: Pool,
  ) {}

  get id(): string {
    return this.pool.id;
  }

  get name(): string {
    return this.pool.name;
  }

  /** `iss` of its tokens. */
  get issuer(): string {
    return issuerOf(this.environment, this.pool.id);
  }

  /** Where its public keys are. */
  get jwksUri(): string {
    return `${this.issuer}/.well-known/jwks.json`;
  }

  /**
   * An app client.
   *
   * @param name - default: the first client.
   * @throws MandateArgumentError when the pool has no client of that name.
   */
  client(name?: string): LocalClient {
    const clients = [...this.pool.clients.values()];
    const client = name === undefined ? clients[0] : clients.find((candidate) => candidate.name === name);
    if (client === undefined) {
      const names = clients.map((candidate) => `"${candidate.name}"`).join(', ');
      throw new MandateArgumentError('client', `should be one of pool "${this.name}" (${names})`);
    }
    return localClient(client);
  }

  /**
   * Adds a user who may sign in at once: CONFIRMED, with verified addresses, whatever the password policy says.
   *
   * @throws CognitoFault (a MandateError) when the name is taken or an attribute does not fit the pool.
   */
  createUser(options: LocalUserOptions): LocalUser {
    const { username, sub } = seedUser(this.environment, this.pool, options);
    return { username, sub };
  }

  /** Adds an app client; all auth flows are allowed unless `ExplicitAuthFlows` says otherwise. */
  createClient(options: LocalClientOptions): LocalClient {
    return localClient(seedClient(this.environment, this.pool, options));
  }

  /**
   * What `MandateModule.forRoot` takes to work with this pool.
   *
   * @param options - `client`: a client's name; default: the first client.
   */
  moduleOptions(options: { readonly client?: string } = {}): LocalModuleOptions {
    const client = this.client(options.client);
    return {
      userPoolId: this.id,
      clientId: client.id,
      ...(client.secret !== undefined && { clientSecret: client.secret }),
      region: this.pool.region,
      endpoint: this.environment.origin,
      issuer: this.issuer,
      jwksUri: this.jwksUri,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
  }
}

function localClient({ id, name, secrets: [secret] }: AppClient): LocalClient {
  return { id, name, ...(secret !== undefined && { secret: secret.value }) };
}
