import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';
import type {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';

import { CREDENTIALS_FAILURE, translateFailure } from './sdk-failure.js';
import type { OperationInput, OperationName, OperationOutput } from './operations.js';
import { installRetries, type RetryEnvironment } from './retry-middleware.js';
import { retryPolicy, type RetryOptions } from './retry-policy.js';

/** How to reach the service. */
export interface CognitoClientOptions {
  /** The AWS region of the pool, for example `eu-west-1`. */
  readonly region: string;
  /** Another address than AWS's own, for example that of an embedded Cognito. */
  readonly endpoint?: string | undefined;
  /**
   * For privileged operations only; default: the SDK's provider chain, asked at the first privileged call. The user
   * flows are unsigned and never ask for credentials.
   */
  readonly credentials?: CognitoIdentityProviderClientConfig['credentials'] | undefined;
  /** Default: three attempts; see `RetryOptions`. */
  readonly retry?: RetryOptions | undefined;
  /** Milliseconds that one request may take. Default 10,000. */
  readonly requestTimeout?: number | undefined;
  /** Milliseconds that a call may take with all its retries. Default 30,000. */
  readonly callTimeout?: number | undefined;
}

const REQUEST_TIMEOUT = 10_000;
const CALL_TIMEOUT = 30_000;

type Credentials = NonNullable<CognitoClientOptions['credentials']>;
type AnyCommand = Parameters<CognitoIdentityProviderClient['send']>[0];

interface LoadedSdk {
  readonly sdk: typeof Sdk;
  readonly client: CognitoIdentityProviderClient;
}

/**
 * The only door to the AWS SDK. The SDK (a tenth of a second to load) is imported at the first call, so an application
 * that only verifies tokens never pays for it.
 */
export class CognitoClient {
  /** Private by `#`, so that credentials are in no dump of this object. */
  readonly #options: CognitoClientOptions;
  readonly #environment: Partial<RetryEnvironment> | undefined;
  #loaded: Promise<LoadedSdk> | undefined;

  /** Nothing but these members is kept of the options. */
  constructor(
    { region, endpoint, credentials, retry, requestTimeout, callTimeout }: CognitoClientOptions,
    environment?: Partial<RetryEnvironment>,
  ) {
    this.#options = { region, endpoint, credentials, retry, requestTimeout, callTimeout };
    this.#environment = environment;
  }

  /**
   * Runs one operation.
   *
   * @throws CognitoServiceError when Cognito refuses the call.
   * @throws CognitoUnavailableError when it cannot be reached, is too slow, or answers what cannot be read.
   * @throws CognitoCredentialsError when a privileged operation finds no AWS credentials.
   */
  async send<Name extends OperationName>(operation: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>> {
    const { sdk, client } = await this.#load();
    const Command = sdk[`${operation}Command`] as unknown as new (input: OperationInput<Name>) => AnyCommand;
    try {
      const output = await client.send(new Command(input), {
        abortSignal: AbortSignal.timeout(this.#options.callTimeout ?? CALL_TIMEOUT),
      });
      return output as unknown as OperationOutput<Name>;
    } catch (thrown) {
      throw translateFailure(operation, thrown);
    }
  }

  /** The SDK's own client, with the same retries and time-outs, for what this package has no method for. */
  async sdk(): Promise<CognitoIdentityProviderClient> {
    return (await this.#load()).client;
  }

  /** Closes the connections. The next call opens new ones. */
  destroy(): void {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    loaded?.then(
      ({ client }) => {
        client.destroy();
      },
      () => undefined,
    );
  }

  async #load(): Promise<LoadedSdk> {
    this.#loaded ??= this.#create().catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async #create(): Promise<LoadedSdk> {
    const sdk = await import('@aws-sdk/client-cognito-identity-provider');
    const {
      region,
      endpoint,
      credentials,
      requestTimeout = REQUEST_TIMEOUT,
      callTimeout = CALL_TIMEOUT,
    } = this.#options;
    const client = new sdk.CognitoIdentityProviderClient({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials: nameFailures(credentials) }),
      // Retries are ours; see `installRetries`.
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: Math.min(requestTimeout, 3_000),
        requestTimeout,
        throwOnRequestTimeout: true,
      },
    });
    installRetries(client, { ...retryPolicy(this.#options.retry), callTimeout }, this.#environment);
    return { sdk, client };
  }
}

/** A provider of the application's own may fail with anything; the SDK's name for it keeps it apart from an outage. */
function nameFailures(credentials: Credentials): Credentials {
  if (typeof credentials !== 'function') {
    return credentials;
  }
  return async (...properties) => {
    try {
      return await credentials(...properties);
    } catch (cause) {
      throw Object.assign(new Error('The credentials provider failed.', { cause }), { name: CREDENTIALS_FAILURE });
    }
  };
}
