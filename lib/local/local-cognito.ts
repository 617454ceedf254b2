import { MandateArgumentError } from '../errors/argument-error.js';
import { DataDirectory } from './persistence/data-directory.js';
import { saveBeforeReply } from './persistence/save-before-reply.js';
import { createEnvironment } from './engine/create-environment.js';
import type { Environment } from './engine/environment.js';
import type { Deliver } from './engine/messages/messenger.js';
import { apiRoute } from './http/api-route.js';
import { federationRoutes } from './http/federation/federation-routes.js';
import { LocalServer } from './http/local-server.js';
import { wellKnownRoute } from './http/well-known-routes.js';
import type { LocalCognitoOptions } from './options/local-cognito.options.js';
import { LocalPool } from './local-pool.js';
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
    const { port = 0, host = DEFAULT_HOST } = options;
    checkOptions(options);
    const server = await LocalServer.listen(port, host);
    const outbox = new Outbox();
    try {
      const environment = createEnvironment({ origin: server.origin, deliver: deliverer(outbox, options), ...options });
      const data = await openData(environment, options);
      const routes = [apiRoute(environment), wellKnownRoute(environment), ...federationRoutes(environment)];
      server.serve(routes.map((route) => saveBeforeReply(route, data)));
      return new LocalCognito(server, environment, outbox, data);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** The URL of the server, `http://host:port`: the `endpoint` of an AWS client. */
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

  /** Stops the server and closes open connections. Without a data directory all pools are lost. */
  async stop(): Promise<void> {
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
  seedPools(environment, options);
  await data?.save();
  return data;
}
