import { ERROR_STATUS, type MandateErrorCode } from './error-codes.js';

/**
 * The base class of every failure that this package reports. Neither the message nor any property ever holds a token, a
 * password, a code or a secret.
 *
 * @publicApi
 */
export class MandateError extends Error {
  override readonly name: string = 'MandateError';

  /** What went wrong. Stable across versions, so that it can be used in a `switch`. */
  readonly code: MandateErrorCode;

  constructor(code: MandateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The HTTP status that `CognitoExceptionFilter` returns. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
