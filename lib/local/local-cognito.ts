import { MandateArgumentError } from '../errors/argument-error.js';
import { createEnvironment } from './engine/create-environment.js';
import type { Environment } from './engine/environment.js';
import { endInterruptedImports } from './engine/imports/run-import.js';
import type { Deliver } from './engine/messages/messenger.js';
import { apiRoute } from './http/api-route.js';
import { federationRoutes } from './http/federation/federation-routes.js';
import { healthRoute } from './http/health-route.js';
import { inUnitOfWork } from './http/in-unit-of-work.js';
import { LocalServer } from './http/local-server.js';
import { methodNotAllowedRoute } from './http/method-not-allowed.js';
import { managedLoginRoute } from './http/oauth/managed-login-route.js';
import { RequestOriginCheck } from './http/request-origin.js';
import { uiImageRoute } from './http/ui-image-route.js';
import { userImportRoute } from './http/user-import-route.js';
import { wellKnownRoute } from './http/well-known-routes.js';
import type { LocalCognitoOptions } from './options/local-cognito.options.js';
import { callbackFor } from './callback-for.js';
import { LocalPool, type LocalUser } from './local-pool.js';
import { issuerPrefix } from './options/check-address.js';
import { checkOptions } from './options/check-options.js';
import { firstOf, type Route } from './http/route.js';
import { MailRelay } from './mail/mail-relay.js';
import type { LocalMessage } from './model/message.js';
import { Outbox } from './outbox.js';
import { overviewRoute } from './http/steering/overview-route.js';
import { steeringRoute } from './http/steering/steering-route.js';
import { withIdentities } from './seed/pool-identities.js';
import { seedPools } from './seed/seed-pools.js';
import { Changes, told } from './steering/changes.js';
import { Faults } from './steering/faults.js';
import { LocalClock } from './steering/local-clock.js';
import { withFaults, withQuotas } from './steering/play-faults.js';
import type { RequestQuotas } from './steering/request-quotas.js';
import { resetPools } from './steering/reset.js';
import type { Steering } from './steering/steering.js';
import { DataDirectory } from './store/data-directory.js';

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
    private readonly steering: Steering,
    private readonly data: DataDirectory | undefined,
    private readonly mail: MailRelay | undefined,
  ) {}

  /**
   * Starts a server.
   *
   * @throws MandateArgumentError if the port is in use or an option is invalid.
   */
  static async start(options: LocalCognitoOptions = {}): Promise<LocalCognito> {
    checkOptions(options);
    const { port = 0, host = DEFAULT_HOST, tls, allowedOrigins } = options;
    const server = await LocalServer.listen(port, host, tls);
    const { clock, changes, faults, outbox } = createControls(options.clock);
    try {
      const mail = await openMail(options);
      const environment: Environment = createEnvironment({
        ...options,
        origin: server.origin,
        issuer: issuerPrefix(options.issuer ?? server.publicOrigin),
        deliver: deliverer(options, outbox, changes, (message) => {
          mail?.send(message, senderOf(environment, message));
        }),
        clock: () => clock.now(),
      });
      const data = await openData(environment, options);
      const check = new RequestOriginCheck({ ...server.listeningHost, issuer: options.issuer, allowedOrigins });
      const configured = withIdentities(environment, options);
      const reset = async (): Promise<void> => {
        outbox.clear();
        faults.clear();
        clock.reset();
        environment.quotas.reset();
        await environment.units.run(() => {
          resetPools(environment, configured, options.onWarning ?? emitWarning);
        });
        server.serve(routesOf(steering), check);
        changes.tell({ kind: 'reset' });
      };
      const steering: Steering = { environment, clock, changes, faults, outbox, reset };
      server.serve(routesOf(steering), check);
      return new LocalCognito(server, environment, steering, data, mail);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** The e-mails and SMS that Cognito would have sent. */
  get outbox(): Outbox {
    return this.steering.outbox;
  }

  /** The server's clock, which tests move. */
  get clock(): LocalClock {
    return this.steering.clock;
  }

  /** The faults that the server plays. */
  get faults(): Faults {
    return this.steering.faults;
  }

  /** The request rate quotas. */
  get quotas(): RequestQuotas {
    return this.environment.quotas;
  }

  /**
   * Puts everything back as it was at the start: the pools of the options with the same ids and keys, an empty outbox, no
   * fault, the system's time. What a data directory kept is deleted too.
   */
  async reset(): Promise<void> {
    await this.steering.reset();
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

  /**
   * All URLs under which the server is reached: `endpoint`, and with the host `0.0.0.0` or `::` those of the machine's
   * network interfaces, which other machines can use.
   */
  get addresses(): string[] {
    return this.server.addresses;
  }

  /** Whether other machines can reach the server: it listens on an address that is none of the loopback ones. */
  get isOpenToOthers(): boolean {
    return this.server.listeningHost.isOpenToOthers;
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
    const name = typeof user === 'string' ? user : user.username;
    return this.environment.units.run(() => callbackFor(this.environment, name, authorizeUrl));
  }

  /** Stops the server and closes open connections. Without a data directory all pools are lost. */
  async stop(): Promise<void> {
    await this.environment.background.stop();
    await this.server.close();
    this.outbox.close();
    await this.mail?.close();
    await this.data?.close();
    if (this.data === undefined) {
      // Stored keys are for this directory alone.
      await this.environment.keys.release();
    }
  }
}

function createControls(own: LocalCognitoOptions['clock']): Omit<Steering, 'environment' | 'reset'> {
  const changes = new Changes();
  const clock = new LocalClock(own, () => {
    changes.tell({ kind: 'clock' });
  });
  const faults = new Faults(() => {
    changes.tell({ kind: 'faults' });
  });
  return { clock, changes, faults, outbox: new Outbox() };
}

/** Requests of the page and of tests meet neither faults nor quotas. */
function routesOf(steering: Steering): Route[] {
  const { environment, changes, faults } = steering;
  const routes = [
    apiRoute(environment),
    managedLoginRoute(environment),
    ...federationRoutes(environment),
    userImportRoute(environment),
    wellKnownRoute(environment),
    uiImageRoute(environment),
  ];
  const service = inUnitOfWork(environment, firstOf(routes));
  return [
    overviewRoute(environment),
    inUnitOfWork(environment, steeringRoute(steering)),
    healthRoute,
    told(changes, withFaults(environment, faults, withQuotas(environment, service))),
    methodNotAllowedRoute,
  ];
}

function deliverer({ onMessage }: LocalCognitoOptions, outbox: Outbox, changes: Changes, send: Deliver): Deliver {
  return (message) => {
    outbox.add(message);
    changes.tell({ kind: 'message', to: message.to });
    send(message);
    onMessage?.(message);
  };
}

async function openMail({
  smtp: url,
  smtpFrom: from,
  onWarning = emitWarning,
}: LocalCognitoOptions): Promise<MailRelay | undefined> {
  return url === undefined ? undefined : MailRelay.open({ url, from }, onWarning);
}

/** The sender that a pool is configured with. */
function senderOf({ pools }: Environment, { poolId }: LocalMessage): string | undefined {
  return pools.byId(poolId)?.settings.EmailConfiguration?.From;
}

/** Restores the pools of an earlier start, then adds the pools of the options that are new. */
async function openData(environment: Environment, options: LocalCognitoOptions): Promise<DataDirectory | undefined> {
  const { dataDirectory, onWarning: warn = emitWarning } = options;
  const data = dataDirectory === undefined ? undefined : await DataDirectory.open(dataDirectory, environment, warn);
  try {
    await loadTriggers(environment, options);
    await environment.units.run(() => {
      endInterruptedImports(environment);
      seedPools(environment, options, warn);
    });
    return data;
  } catch (error) {
    await data?.close();
    throw error;
  }
}

function emitWarning(warning: string): void {
  process.emitWarning(warning, 'MandateWarning');
}

/** Modules are loaded at the start, so that a wrong path is no surprise later. */
async function loadTriggers({ triggers }: Environment, options: LocalCognitoOptions): Promise<void> {
  await triggers.load(options.triggers, 'triggers');
  await triggers.load(options.functions, 'functions');
  for (const [index, pool] of (options.pools ?? []).entries()) {
    await triggers.load(pool.triggers, `pools[${index}].triggers`);
  }
}
