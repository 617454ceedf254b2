import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';
import type {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';

import { translateFailure } from './sdk-failure.js';
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
  readonly retry?: RetryOptions | undefined;
  /** Milliseconds that one request may take. Default 10,000. */
  readonly requestTimeout?: number | undefined;
  /** Milliseconds that a call may take with all its retries. Default 30,000. */
  readonly callTimeout?: number | undefined;
}

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
  private loaded: Promise<LoadedSdk> | undefined;

  constructor(
    private readonly options: CognitoClientOptions,
    private readonly environment?: Partial<RetryEnvironment>,
  ) {}

  /**
   * Runs one operation.
   *
   * @throws CognitoServiceError when Cognito refuses the call.
   * @throws CognitoUnavailableError when it cannot be reached, is too slow, or answers what cannot be read.
   * @throws CognitoCredentialsError when a privileged operation finds no AWS credentials.
   */
  async send<Name extends OperationName>(operation: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>> {
    const { sdk, client } = await this.load();
    const Command = sdk[`${operation}Command`] as unknown as new (input: OperationInput<Name>) => AnyCommand;
    try {
      const output = await client.send(new Command(input), {
        abortSignal: AbortSignal.timeout(this.options.callTimeout ?? 30_000),
      });
      return output as unknown as OperationOutput<Name>;
    } catch (thrown) {
      throw translateFailure(operation, thrown);
    }
  }

  /** The SDK's own client, with the same retries and time-outs, for what this package has no method for. */
  async sdk(): Promise<CognitoIdentityProviderClient> {
    return (await this.load()).client;
  }

  /** Closes the connections. The next call opens new ones. */
  destroy(): void {
    const loaded = this.loaded;
    this.loaded = undefined;
    loaded?.then(
      ({ client }) => {
        client.destroy();
      },
      () => undefined,
    );
  }

  private load(): Promise<LoadedSdk> {
    this.loaded ??= this.create().catch((error: unknown) => {
      this.loaded = undefined;
      throw error;
    });
    return this.loaded;
  }

  private async create(): Promise<LoadedSdk> {
    const sdk = await import('@aws-sdk/client-cognito-identity-provider');
    const { region, endpoint, credentials, requestTimeout = 10_000 } = this.options;
    const client = new sdk.CognitoIdentityProviderClient({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
      // Retries are ours; see `installRetries`.
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: Math.min(requestTimeout, 3_000),
        requestTimeout,
        throwOnRequestTimeout: true,
      },
    });
    installRetries(client, retryPolicy(this.options.retry), this.environment);
    return { sdk, client };
  }
}
