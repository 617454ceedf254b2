import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';
import type {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';

import { SingleFlight } from '../memory/single-flight.js';
import { checkedCredentials } from './aws-credentials.js';
import type { CallObserver } from './call-observer.js';
import { systemClock, type Clock } from '../time/clock.js';
import { timeoutSignal } from '../time/timeout-signal.js';
import { CognitoRequestHandler, type SdkRequestHandler } from './cognito-request-handler.js';
import { withoutNodeVersionWarning } from './node-version-warning.js';
import type { OperationInput, OperationName, OperationOutput } from './operations.js';
import { requestHandlerOption } from './request-handler-option.js';
import { installRetries, type RetryEnvironment } from './retry-middleware.js';
import { retryPolicy, type RetryOptions } from './retry-policy.js';
import { translateFailure } from './sdk-failure.js';
import { untilAborted } from '../time/until-aborted.js';

/**
 * Options of `CognitoClient`.
 *
 * @publicApi
 */
export interface CognitoClientOptions {
  /** The AWS region of the pool, for example `eu-west-1`. */
  readonly region: string;
  /** The URL of an embedded Cognito or an emulator. Default: AWS's endpoint of the region. */
  readonly endpoint?: string | undefined;
  /**
   * AWS credentials, for privileged operations only; the operations of users are unsigned. Default: the SDK's provider
   * chain, used from the first privileged call on.
   */
  readonly credentials?: CognitoIdentityProviderClientConfig['credentials'] | undefined;
  /** Default: three attempts; see `RetryOptions`. */
  readonly retry?: RetryOptions | undefined;
  /**
   * How requests are sent: a request handler of the AWS SDK, or options of its `NodeHttpHandler`, for example with an
   * agent for a proxy. A handler and its agents are not closed here. Default: a `NodeHttpHandler` whose agent has the
   * options of Node's global agent (`https.globalAgent`), or is the global agent if that is of another class.
   */
  readonly requestHandler?: CognitoIdentityProviderClientConfig['requestHandler'] | undefined;
  /** The maximum duration of one request, in milliseconds. Default: 10,000. */
  readonly requestTimeout?: number | undefined;
  /** The maximum duration of a call with all its retries, in milliseconds. Default: 30,000. */
  readonly callTimeout?: number | undefined;
}

/** Defaults of `CognitoClientOptions`, in milliseconds. Those of `retry` are in `retryPolicy`. */
export const CLIENT_DEFAULTS = { requestTimeout: 10_000, callTimeout: 30_000 } as const;

const CONNECTION_TIMEOUT = 3_000;

/** What tests replace. */
export interface ClientEnvironment extends RetryEnvironment {
  /** The time of day, for the age of connections. */
  readonly clock: Clock;
}

type AnyCommand = Parameters<CognitoIdentityProviderClient['send']>[0];

interface LoadedSdk {
  readonly sdk: typeof Sdk;
  readonly client: CognitoIdentityProviderClient;
}

/**
 * Sends any operation to Cognito, including those that the services have no method for. The AWS SDK, which takes a
 * tenth of a second to load, is imported at the first call, so an application that only verifies tokens never loads it.
 *
 * @publicApi
 */
export class CognitoClient {
  /** Private by `#`, so that no dump of this object shows the credentials. */
  readonly #options: CognitoClientOptions;
  readonly #environment: Partial<ClientEnvironment> | undefined;
  readonly #observer: CallObserver | undefined;
  readonly #loading = new SingleFlight<'sdk', LoadedSdk>();
  #loaded: LoadedSdk | undefined;

  /**
   * @param environment - replaces time and randomness in tests.
   * @param observer - is told how each call ended.
   */
  constructor(
    { region, endpoint, credentials, retry, requestHandler, requestTimeout, callTimeout }: CognitoClientOptions,
    environment?: Partial<ClientEnvironment>,
    observer?: CallObserver,
  ) {
    // Callers pass larger objects; nothing else of them is kept.
    this.#options = { region, endpoint, credentials, retry, requestHandler, requestTimeout, callTimeout };
    this.#environment = environment;
    this.#observer = observer;
  }

  /**
   * Sends one operation.
   *
   * @throws CognitoServiceError when Cognito refuses the call.
   * @throws CognitoUnavailableError when Cognito is unreachable, too slow, or returns an unreadable response.
   * @throws CognitoCredentialsError when a privileged operation finds no AWS credentials.
   * @throws MandateError with the code AWS_CREDENTIALS_INVALID when the option `credentials` leads to half of them.
   */
  async send<Name extends OperationName>(operation: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>> {
    const { sdk, client } = await this.#load();
    const Command = sdk[`${operation}Command`] as unknown as new (input: OperationInput<Name>) => AnyCommand;
    const timeout = timeoutSignal(this.#options.callTimeout ?? CLIENT_DEFAULTS.callTimeout);
    const abortSignal = timeout.signal;
    try {
      const output = await untilAborted(abortSignal, client.send(new Command(input), { abortSignal }));
      this.#observer?.succeeded({ operation, input }, output);
      return output as unknown as OperationOutput<Name>;
    } catch (thrown) {
      const error = translateFailure(operation, thrown);
      this.#observer?.failed({ operation, input }, error);
      throw error;
    } finally {
      timeout.cancel();
    }
  }

  /** The AWS SDK's own client, with the same retries and time-outs. Its errors are the SDK's. */
  async sdk(): Promise<CognitoIdentityProviderClient> {
    return (await this.#load()).client;
  }

  /** Closes the connections. The next call opens new ones. */
  destroy(): void {
    this.#loaded?.client.destroy();
    this.#loaded = undefined;
  }

  async #load(): Promise<LoadedSdk> {
    return this.#loaded ?? this.#loading.run('sdk', async () => (this.#loaded = await this.#create()));
  }

  async #create(): Promise<LoadedSdk> {
    const { sdk } = await import('./aws-sdk.js');
    const {
      region,
      endpoint,
      credentials,
      requestTimeout = CLIENT_DEFAULTS.requestTimeout,
      callTimeout = CLIENT_DEFAULTS.callTimeout,
    } = this.#options;
    const { requestHandler, destroy } = requestHandlerOption(
      this.#options.requestHandler,
      Math.min(requestTimeout, CONNECTION_TIMEOUT),
    );
    const configuration: CognitoIdentityProviderClientConfig = {
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials: checkedCredentials(credentials) }),
      // `installRetries` replaces the SDK's retries.
      maxAttempts: 1,
      requestHandler,
    };
    const client = withoutNodeVersionWarning(() => new sdk.CognitoIdentityProviderClient(configuration));
    client.config.requestHandler = new CognitoRequestHandler({
      handler: client.config.requestHandler as SdkRequestHandler,
      requestTimeout,
      clock: this.#environment?.clock ?? systemClock,
      destroy,
    }) as unknown as typeof client.config.requestHandler;
    installRetries(client, { ...retryPolicy(this.#options.retry), callTimeout }, this.#environment);
    return { sdk, client };
  }
}
