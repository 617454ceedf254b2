import { MandateArgumentError } from '../errors/argument-error.js';
import { callbackFor } from './callback-for.js';
import { createEnvironment } from './engine/create-environment.js';
import type { Environment } from './engine/environment.js';
import { localRoutes } from './http/local-routes.js';
import { LocalServer } from './http/local-server.js';
import { RequestOriginCheck } from './http/request-origin.js';
import { LocalPool, type LocalUser } from './local-pool.js';
import { MailRelay } from './mail/mail-relay.js';
import { issuerPrefix } from './options/check-address.js';
import { checkOptions } from './options/check-options.js';
import type { LocalCognitoOptions } from './options/local-cognito.options.js';
import type { Outbox } from './outbox.js';
import type { Warn } from './seed/contradictions.js';
import { openPools } from './seed/open-pools.js';
import { withIdentities } from './seed/pool-identities.js';
import { createControls, resetControls } from './steering/controls.js';
import type { Faults } from './steering/faults.js';
import type { LocalClock } from './steering/local-clock.js';
import type { RequestQuotas } from './steering/request-quotas.js';
import { resetPools } from './steering/reset.js';
import type { Steering } from './steering/steering.js';
import type { DataDirectory } from './store/data-directory.js';

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
    const { port = 0, host = DEFAULT_HOST, tls, allowedOrigins, onWarning: warn = emitWarning } = options;
    const server = await LocalServer.listen(port, host, tls);
    const controls = createControls(options.clock);
    try {
      const check = new RequestOriginCheck({ ...server.listeningHost, issuer: options.issuer, allowedOrigins });
      const mail = await openMail(options, warn);
      const environment: Environment = createEnvironment({
        ...options,
        origin: server.origin,
        issuer: issuerPrefix(options.issuer ?? server.publicOrigin),
        deliver: (message) => {
          controls.outbox.add(message);
          controls.changes.tell({ kind: 'message', to: message.to });
          mail?.send(message, environment.pools.byId(message.poolId)?.settings.EmailConfiguration?.From);
          options.onMessage?.(message);
        },
        clock: () => controls.clock.now(),
      });
      const data = await openPools(environment, options, warn);
      const configured = withIdentities(environment, options);
      const reset = async (): Promise<void> => {
        resetControls(controls);
        environment.quotas.reset();
        await environment.units.run(() => {
          resetPools(environment, configured, warn);
        });
        server.serve(localRoutes(steering), check);
        controls.changes.tell({ kind: 'reset' });
      };
      const steering: Steering = { ...controls, environment, reset };
      server.serve(localRoutes(steering), check);
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

async function openMail(
  { smtp: url, smtpFrom: from }: LocalCognitoOptions,
  warn: Warn,
): Promise<MailRelay | undefined> {
  return url === undefined ? undefined : MailRelay.open({ url, from }, warn);
}

function emitWarning(warning: string): void {
  process.emitWarning(warning, 'MandateWarning');
}
