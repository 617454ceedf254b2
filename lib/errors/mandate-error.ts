import { ERROR_STATUS, type MandateErrorCode } from './error-codes.js';

/**
 * The base of every failure that this package reports. Messages say what to do and never hold a token, a password, a
 * code or a secret; neither does any property.
 */
export class MandateError extends Error {
  override readonly name: string = 'MandateError';

  /** What went wrong: stable over versions, to be used in a `switch`. */
  readonly code: MandateErrorCode;

  constructor(code: MandateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The HTTP status that `CognitoExceptionFilter` answers with for this code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
