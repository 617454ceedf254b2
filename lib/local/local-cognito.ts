import { MandateArgumentError } from '../errors/argument-error.js';
import { DataDirectory } from './persistence/data-directory.js';
import { saveBeforeReply } from './persistence/save-before-reply.js';
import { createEnvironment } from './engine/create-environment.js';
import type { Environment } from './engine/environment.js';
import type { Deliver } from './engine/messages/messenger.js';
import { apiRoute } from './http/api-route.js';
import { LocalServer } from './http/local-server.js';
import { wellKnownRoute } from './http/well-known-routes.js';
import type { LocalCognitoOptions } from './options/local-cognito.options.js';
import { LocalPool } from './local-pool.js';
import { checkOptions } from './options/check-options.js';
import { Outbox } from './outbox.js';
import { seedPools } from './seed/seed-pools.js';

const DEFAULT_HOST = '127.0.0.1';

/**
 * An Amazon Cognito user pools service inside this process: it speaks AWS's own protocol over HTTP, so that any
 * Cognito client can sign in against it. For tests and for developing without an AWS account; nothing in it is meant
 * for production.
 *
 * @example
 * const cognito = await LocalCognito.start({ users: [{ username: 'ann', password: 'Correct-Horse-9' }] });
 * MandateModule.forRoot(cognito.pool().moduleOptions());
 * await cognito.stop();
 */
export class LocalCognito {
  private constructor(
    private readonly server: LocalServer,
    private readonly environment: Environment,
    /** The mails and SMS that Cognito would have sent. */
    readonly outbox: Outbox,
    private readonly data: DataDirectory | undefined,
  ) {}

  /**
   * Starts a server.
   *
   * @throws MandateArgumentError when the port is in use or an option cannot be right.
   */
  static async start(options: LocalCognitoOptions = {}): Promise<LocalCognito> {
    const { port = 0, host = DEFAULT_HOST } = options;
    checkOptions(options);
    const server = await LocalServer.listen(port, host);
    const outbox = new Outbox();
    try {
      const environment = createEnvironment({ origin: server.origin, deliver: deliverer(outbox, options), ...options });
      const data = await openData(environment, options);
      server.serve([saveBeforeReply(apiRoute(environment), data), wellKnownRoute(environment)]);
      return new LocalCognito(server, environment, outbox, data);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** `http://host:port`: the `endpoint` of an AWS client. */
  get endpoint(): string {
    return this.environment.origin;
  }

  get port(): number {
    return this.server.port;
  }

  /** All pools, also those that a client made. */
  get pools(): LocalPool[] {
    return this.environment.pools.all().map((pool) => new LocalPool(this.environment, pool));
  }

  /**
   * A pool.
   *
   * @param name - its name or id; default: the first pool.
   * @throws MandateArgumentError when there is none.
   */
  pool(name?: string): LocalPool {
    const { pools } = this.environment;
    const pool = name === undefined ? pools.all()[0] : (pools.byName(name) ?? pools.byId(name));
    if (pool === undefined) {
      const names = pools.all().map((candidate) => `"${candidate.name}"`);
      throw new MandateArgumentError('pool', `should be one of the embedded Cognito (${names.join(', ')})`);
    }
    return new LocalPool(this.environment, pool);
  }

  /** Stops at once, open connections included. Without a data directory all pools are gone. */
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

/** Brings back the pools of an earlier start and adds those of the options that are new. */
async function openData(environment: Environment, options: LocalCognitoOptions): Promise<DataDirectory | undefined> {
  const { dataDirectory } = options;
  const data = dataDirectory === undefined ? undefined : await DataDirectory.open(dataDirectory, environment);
  seedPools(environment, options);
  await data?.save();
  return data;
}
