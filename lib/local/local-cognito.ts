import { MandateArgumentError } from '../errors/argument-error.js';
import { DataDirectory } from './persistence/data-directory.js';
import { saveBeforeReply } from './persistence/save-before-reply.js';
import { createEnvironment } from './engine/create-environment.js';
import type { Environment } from './engine/environment.js';
import { endInterruptedImports } from './engine/imports/run-import.js';
import type { Deliver } from './engine/messages/messenger.js';
import { apiRoute } from './http/api-route.js';
import { federationRoutes } from './http/federation/federation-routes.js';
import { managedLoginRoute } from './http/oauth/managed-login-route.js';
import { LocalServer } from './http/local-server.js';
import { userImportRoute } from './http/user-import-route.js';
import { wellKnownRoute } from './http/well-known-routes.js';
import type { LocalCognitoOptions } from './options/local-cognito.options.js';
import { callbackFor } from './callback-for.js';
import { LocalPool, type LocalUser } from './local-pool.js';
import { checkOptions } from './options/check-options.js';
import { Outbox } from './outbox.js';
import { seedPools } from './seed/seed-pools.js';

const DEFAULT_HOST = '127.0.0.1';

/**
 * An Amazon Cognito user pools service in this process. It speaks the AWS JSON protocol over HTTP, so any Cognito
 * client can sign in against it. For tests and for development without an AWS account. Not for production.
 *
 * @example
 * const cognito = await LocalCognito.start({ users: [{ username: 'ann', password: 'Correct-Horse-9' }] });
 * MandateModule.forRoot(cognito.pool().moduleOptions());
 * await cognito.stop();
 *
 * @publicApi
 */
export class LocalCognito {
  private constructor(
    private readonly server: LocalServer,
    private readonly environment: Environment,
    /** The e-mails and SMS that Cognito would have sent. */
    readonly outbox: Outbox,
    private readonly data: DataDirectory | undefined,
  ) {}

  /**
   * Starts a server.
   *
   * @throws MandateArgumentError if the port is in use or an option is invalid.
   */
  static async start(options: LocalCognitoOptions = {}): Promise<LocalCognito> {
    const { port = 0, host = DEFAULT_HOST, tls } = options;
    checkOptions(options);
    const server = await LocalServer.listen(port, host, tls);
    const outbox = new Outbox();
    try {
      const environment = createEnvironment({
        origin: server.origin,
        deliver: deliverer(outbox, options),
        log: options.onLog,
        ...options,
      });
      const data = await openData(environment, options);
      const changing = [
        apiRoute(environment),
        managedLoginRoute(environment),
        ...federationRoutes(environment),
        userImportRoute(environment),
      ];
      server.serve([...changing.map((route) => saveBeforeReply(route, data)), wellKnownRoute(environment)]);
      return new LocalCognito(server, environment, outbox, data);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /**
   * The URL of the server, `http://host:port` or with `tls` `https://host:port`: the `endpoint` of an AWS client, and the
   * domain of managed login.
   */
  get endpoint(): string {
    return this.environment.origin;
  }

  get port(): number {
    return this.server.port;
  }

  /** All pools, including those that a client created. */
  get pools(): LocalPool[] {
    return this.environment.pools.all().map((pool) => new LocalPool(this.environment, pool));
  }

  /**
   * Returns a pool.
   *
   * @param name - the pool's name or id. Default: the first pool.
   * @throws MandateArgumentError if there is no such pool.
   */
  pool(name?: string): LocalPool {
    const { pools } = this.environment;
    const pool = name === undefined ? pools.all()[0] : (pools.byName(name) ?? pools.byId(name));
    if (pool === undefined) {
      const names =
        pools
          .all()
          .map((candidate) => `"${candidate.name}"`)
          .join(', ') || 'none';
      throw new MandateArgumentError('pool', `must name a pool of the embedded Cognito. It has: ${names}`);
    }
    return new LocalPool(this.environment, pool);
  }

  /**
   * Signs in a user to managed login without its pages, for tests: returns the URL that Cognito would send the browser
   * to, the redirect URI with `code` and `state`. No trigger of the sign-in runs; PreTokenGeneration runs when the code is
   * redeemed.
   *
   * @param user - a user of the app client's pool: the username, the `sub` or an alias, or what `createUser` returned.
   * @param authorizeUrl - the URL that the application sends the browser to: `<domain>/oauth2/authorize?…`.
   *
   * @example
   * const { url, transaction } = await oauth.startLogin();
   * const callback = await cognito.oauthCode('ann', url);
   * const tokens = await oauth.completeLogin(new URL(callback).searchParams, transaction);
   *
   * @throws MandateArgumentError if the pool has no such user, or Cognito would not accept the request.
   */
  async oauthCode(user: string | Pick<LocalUser, 'username'>, authorizeUrl: string | URL): Promise<string> {
    return callbackFor(this.environment, typeof user === 'string' ? user : user.username, authorizeUrl);
  }

  /** Stops the server and closes open connections. Without a data directory all pools are lost. */
  async stop(): Promise<void> {
    await this.environment.background.stop();
    await this.server.close();
    await this.data?.save();
  }
}

function deliverer(outbox: Outbox, { onMessage }: LocalCognitoOptions): Deliver {
  return (message) => {
    outbox.add(message);
    onMessage?.(message);
  };
}

/** Restores the pools of an earlier start, then adds the pools of the options that are new. */
async function openData(environment: Environment, options: LocalCognitoOptions): Promise<DataDirectory | undefined> {
  const { dataDirectory } = options;
  const data = dataDirectory === undefined ? undefined : await DataDirectory.open(dataDirectory, environment);
  endInterruptedImports(environment);
  environment.background.onChange = async () => data?.save();
  seedPools(environment, options);
  await data?.save();
  return data;
}
