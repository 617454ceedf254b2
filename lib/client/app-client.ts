import { CognitoUnavailableError } from '../errors/cognito-service-error.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { secretHash } from '../protocol/secret-hash.js';
import { within } from '../time/within.js';
import { CLIENT_DEFAULTS } from './cognito-client.js';

/** The options that identify an app client of a user pool. */
export interface AppClientOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  /**
   * The secret of the app client, if it has one. A function is called whenever the secret is needed, so that a rotated
   * secret is used without a restart; it should cache what is slow to fetch.
   */
  readonly clientSecret?: string | (() => string | Promise<string>) | undefined;
  /** How long a function `clientSecret` is waited for, in milliseconds. Default: that of `CognitoClientOptions`. */
  readonly callTimeout?: number | undefined;
}

/** The app client that calls are made for, with its secret and SECRET_HASH. */
export class AppClient {
  readonly userPoolId: string;
  readonly clientId: string;

  /** Private by `#`, so that no dump of this object shows the secret. */
  readonly #clientSecret: AppClientOptions['clientSecret'];

  readonly #callTimeout: number;

  constructor({ userPoolId, clientId, clientSecret, callTimeout = CLIENT_DEFAULTS.callTimeout }: AppClientOptions) {
    this.userPoolId = userPoolId;
    this.clientId = clientId;
    this.#clientSecret = clientSecret;
    this.#callTimeout = callTimeout;
  }

  /** Whether the client has a secret. */
  get hasSecret(): boolean {
    return this.#clientSecret !== undefined;
  }

  /**
   * The plain secret, for the few operations that require it.
   *
   * @returns undefined for a public client.
   * @throws MandateConfigurationError when the option is a function that fails or returns no secret.
   * @throws CognitoUnavailableError when the function does not finish in time.
   */
  async secret(): Promise<string | undefined> {
    return typeof this.#clientSecret === 'function'
      ? readSecret(this.#clientSecret, this.#callTimeout)
      : this.#clientSecret;
  }

  /**
   * SECRET_HASH over a username.
   *
   * @param username - exactly the username of the same request.
   * @returns undefined for a public client.
   * @throws MandateConfigurationError when the option `clientSecret` is a function that fails or returns no secret.
   */
  async secretHash(username: string): Promise<string | undefined> {
    const secret = await this.secret();
    return secret === undefined ? undefined : secretHash(username, this.clientId, secret);
  }
}

async function readSecret(source: () => unknown, timeout: number): Promise<string> {
  let secret: unknown;
  try {
    secret = await within(timeout, Promise.resolve(source()), () => tooSlow(timeout));
  } catch (cause) {
    if (cause instanceof CognitoUnavailableError) {
      throw cause;
    }
    throw new MandateConfigurationError('clientSecret', 'is a function that failed. See the cause of this error', {
      cause,
    });
  }
  if (typeof secret !== 'string' || secret === '') {
    throw new MandateConfigurationError(
      'clientSecret',
      'is a function that returned no secret. It must return a non-empty string',
    );
  }
  return secret;
}

function tooSlow(timeout: number): CognitoUnavailableError {
  return new CognitoUnavailableError(
    'clientSecret',
    `The function of the option "clientSecret" did not finish within ${timeout} ms.`,
  );
}
