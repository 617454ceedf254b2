import { MandateArgumentError } from '../errors/argument-error.js';
import type { Environment } from './engine/environment.js';
import { issuerOf, jwksUriOf } from './engine/tokens/issuer.js';
import { signToken } from './engine/tokens/jws.js';
import { openSignIn } from './engine/tokens/refresh-tokens.js';
import { claimsOf } from './engine/tokens/token-issuer.js';
import { overrideClaims, type TokenOverrides } from './engine/tokens/token-overrides.js';
import { findUser } from './engine/users/find-user.js';
import type { LocalClientOptions, LocalUserOptions } from './options/local-cognito.options.js';
import type { AppClient } from './model/app-client.js';
import type { Pool } from './model/pool.js';
import { seedClient } from './seed/seed-client.js';
import { seedUser } from './seed/seed-users.js';

/**
 * An app client of the embedded Cognito.
 *
 * @publicApi
 */
export interface LocalClient {
  readonly id: string;
  readonly name: string;
  /** The first client secret. `undefined` for a public client. */
  readonly secret?: string;
}

/**
 * A user of the embedded Cognito.
 *
 * @publicApi
 */
export interface LocalUser {
  /** The internal username. It is the `sub` in pools whose users sign in with an e-mail address or phone number. */
  readonly username: string;
  readonly sub: string;
}

/**
 * Options of `LocalPool.signToken`.
 *
 * @publicApi
 */
export interface LocalTokenOptions extends TokenOverrides {
  /** A user of the pool: the username, the `sub` or an alias. */
  readonly username: string;
  /** Name of the app client that the token is issued to. Default: the first client. */
  readonly client?: string;
  /** Kind of token. Default: `access`. */
  readonly tokenUse?: 'access' | 'id';
}

/**
 * Options of `MandateModule.forRoot` for a pool of the embedded Cognito.
 *
 * @publicApi
 */
export interface LocalModuleOptions {
  userPoolId: string;
  clientId: string;
  clientSecret?: string;
  region: string;
  endpoint: string;
  issuer: string;
  jwksUri: string;
  /** Placeholders: the AWS SDK signs its requests, and the embedded Cognito accepts every signature. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Only if asked for. */
  oauth?: LocalOAuthOptions & { domain: string };
}

/**
 * The URLs of an application that signs in by managed login.
 *
 * @publicApi
 */
export interface LocalOAuthOptions {
  /** One of the app client's CallbackURLs. */
  redirectUri: string;
  /** One of the app client's LogoutURLs. */
  logoutUri?: string;
}

/**
 * One user pool of a running embedded Cognito.
 *
 * @publicApi
 */
export class LocalPool {
  /** Called by `LocalCognito.pool`. */
  constructor(
    private readonly environment: Environment,
    private readonly record: Pool,
  ) {}

  /** After a reset it is another record of the same id. */
  private get pool(): Pool {
    return this.environment.pools.byId(this.record.id) ?? this.record;
  }

  get id(): string {
    return this.pool.id;
  }

  get name(): string {
    return this.pool.name;
  }

  /** The issuer (`iss`) of the pool's tokens. */
  get issuer(): string {
    return issuerOf(this.environment, this.pool);
  }

  /** URL of the pool's public keys. */
  get jwksUri(): string {
    return jwksUriOf(this.environment, this.pool);
  }

  /** All app clients, including those that a client of the API created. */
  get clients(): LocalClient[] {
    return [...this.pool.clients.values()].map(localClient);
  }

  /**
   * Returns an app client.
   *
   * @param name - Default: the first client.
   * @throws MandateArgumentError if the pool has no client of that name.
   */
  client(name?: string): LocalClient {
    return localClient(this.clientNamed(name));
  }

  /**
   * Adds a user who can sign in at once: CONFIRMED and with verified addresses. The password policy does not apply.
   *
   * @throws CognitoFault (a MandateError) if the name is taken or the pool does not allow an attribute.
   */
  createUser(options: LocalUserOptions): LocalUser {
    const { username, sub } = this.environment.units.runSync(() => seedUser(this.environment, this.pool, options));
    return { username, sub };
  }

  /** Adds an app client. All auth flows are allowed unless `ExplicitAuthFlows` restricts them. */
  createClient(options: LocalClientOptions): LocalClient {
    return this.environment.units.runSync(() => localClient(seedClient(this.environment, this.pool, options)));
  }

  /**
   * Signs in a user without a password or challenge, and returns the token that Cognito would issue, with the overrides
   * applied. The guard accepts it, and so do the operations that take an access token, such as GetUser. Triggers do not
   * run. For tests without a server see `TestTokenIssuer`.
   *
   * @example
   * const token = await local.pool().signToken({ username: 'ann', groups: ['admins'] });
   *
   * @throws MandateArgumentError if the pool has no such user or client.
   */
  async signToken(options: LocalTokenOptions): Promise<string> {
    return this.environment.units.run(() => this.signTokenNow(options));
  }

  private async signTokenNow(options: LocalTokenOptions): Promise<string> {
    const { environment, pool } = this;
    const { tokenUse = 'access' } = options;
    const client = this.clientNamed(options.client);
    const user = findUser(pool, options.username);
    if (user === undefined) {
      throw new MandateArgumentError('username', `must name a user of pool "${this.name}"`);
    }
    const { signIn } = openSignIn(environment, { pool, client, user });
    const claims = claimsOf(environment, { pool, client, user, signIn })[tokenUse];
    const keys = await environment.keys.of(pool.id);
    return signToken(overrideClaims(claims, options), keys[tokenUse]);
  }

  /**
   * Returns the options of `MandateModule.forRoot` for this pool.
   *
   * @param options - `client`: name of the app client. Default: the first client. `oauth`: the application's URLs; adds
   *   the options of managed login.
   * @throws MandateArgumentError if the pool has no client of that name, or the client does not have a URL.
   */
  moduleOptions(
    options: { readonly client?: string; readonly oauth?: Readonly<LocalOAuthOptions> } = {},
  ): LocalModuleOptions {
    const { oauth } = options;
    const client = this.client(options.client);
    if (oauth !== undefined) {
      assertOAuthUrls(this.clientNamed(options.client), oauth);
    }
    return {
      userPoolId: this.id,
      clientId: client.id,
      ...(client.secret !== undefined && { clientSecret: client.secret }),
      region: this.pool.region,
      endpoint: this.environment.origin,
      issuer: this.issuer,
      jwksUri: this.jwksUri,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      ...(oauth && { oauth: { domain: this.environment.origin, ...oauth } }),
    };
  }

  private clientNamed(name?: string): AppClient {
    const clients = [...this.pool.clients.values()];
    const client = name === undefined ? clients[0] : clients.find((candidate) => candidate.name === name);
    if (client === undefined) {
      const names = clients.map((candidate) => `"${candidate.name}"`).join(', ') || 'none';
      throw new MandateArgumentError('client', `must name an app client of pool "${this.name}". It has: ${names}`);
    }
    return client;
  }
}

/** Cognito would show an error page for a URL that is not registered, which is hard to find in a test. */
function assertOAuthUrls({ name, settings }: AppClient, { redirectUri, logoutUri }: Readonly<LocalOAuthOptions>): void {
  if (!settings.CallbackURLs?.includes(redirectUri)) {
    throw new MandateArgumentError('oauth.redirectUri', `must be one of the CallbackURLs of app client "${name}"`);
  }
  if (logoutUri !== undefined && !settings.LogoutURLs?.includes(logoutUri)) {
    throw new MandateArgumentError('oauth.logoutUri', `must be one of the LogoutURLs of app client "${name}"`);
  }
}

function localClient({ id, name, secrets: [secret] }: AppClient): LocalClient {
  return { id, name, ...(secret !== undefined && { secret: secret.value }) };
}
