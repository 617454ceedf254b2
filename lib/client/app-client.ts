import { MandateConfigurationError } from '../errors/configuration-error.js';
import { secretHash } from '../protocol/secret-hash.js';

/** The options that identify an app client of a user pool. */
export interface AppClientOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  /**
   * The secret of the app client, if it has one. A function is called whenever the secret is needed, so that a rotated
   * secret is used without a restart; it should cache what is slow to fetch.
   */
  readonly clientSecret?: string | (() => string | Promise<string>) | undefined;
}

/** The app client that calls are made for, with its secret and SECRET_HASH. */
export class AppClient {
  readonly userPoolId: string;
  readonly clientId: string;

  /** Private by `#`, so that no dump of this object shows the secret. */
  readonly #clientSecret: AppClientOptions['clientSecret'];

  constructor({ userPoolId, clientId, clientSecret }: AppClientOptions) {
    this.userPoolId = userPoolId;
    this.clientId = clientId;
    this.#clientSecret = clientSecret;
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
   */
  async secret(): Promise<string | undefined> {
    return typeof this.#clientSecret === 'function' ? readSecret(this.#clientSecret) : this.#clientSecret;
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

async function readSecret(source: () => unknown): Promise<string> {
  let secret: unknown;
  try {
    secret = await source();
  } catch (cause) {
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
