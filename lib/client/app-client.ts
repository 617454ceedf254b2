import { MandateConfigurationError } from '../errors/configuration-error.js';
import { secretHash } from '../protocol/secret-hash.js';

/** An app client of a user pool. */
export interface AppClientOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  /**
   * The client's secret if it has one. A function is asked at every call that needs the secret, so that a rotated secret
   * is used without a restart; cache inside it what is slow to get.
   */
  readonly clientSecret?: string | (() => string | Promise<string>) | undefined;
}

/** The app client that calls are made for, and the hashes that its secret asks for. */
export class AppClient {
  readonly userPoolId: string;
  readonly clientId: string;

  /** Private by `#`, so that the secret is in no dump of this object. */
  readonly #clientSecret: AppClientOptions['clientSecret'];

  constructor({ userPoolId, clientId, clientSecret }: AppClientOptions) {
    this.userPoolId = userPoolId;
    this.clientId = clientId;
    this.#clientSecret = clientSecret;
  }

  /** Whether the client has a secret at all. */
  get hasSecret(): boolean {
    return this.#clientSecret !== undefined;
  }

  /**
   * The plain secret, for the few operations that take it plain; undefined for a public client.
   *
   * @throws MandateConfigurationError when the option is a function that fails or gives no secret.
   */
  async secret(): Promise<string | undefined> {
    return typeof this.#clientSecret === 'function' ? askForSecret(this.#clientSecret) : this.#clientSecret;
  }

  /**
   * SECRET_HASH over a username; undefined for a public client.
   *
   * @param username - exactly the name that the same request sends.
   */
  async secretHash(username: string): Promise<string | undefined> {
    const secret = await this.secret();
    return secret === undefined ? undefined : secretHash(username, this.clientId, secret);
  }
}

async function askForSecret(source: () => unknown): Promise<string> {
  let secret: unknown;
  try {
    secret = await source();
  } catch (cause) {
    throw new MandateConfigurationError('clientSecret', 'is a function that failed; its error is the cause', { cause });
  }
  if (typeof secret !== 'string' || secret === '') {
    throw new MandateConfigurationError('clientSecret', 'is a function and must give a string that is not empty');
  }
  return secret;
}
