import { brandClass, isInstance } from '../types/class-brand.js';
import { docsUrlOf } from './docs-url.js';
import { ERROR_STATUS, type MandateErrorCode } from './error-codes.js';

/**
 * The base class of every failure that this package reports. Neither the message nor any property ever holds a token, a
 * password, a code or a secret.
 *
 * @publicApi
 */
export class MandateError extends Error {
  static {
    brandClass(this, 'MandateError');
  }

  override readonly name: string = 'MandateError';

  /** What went wrong. Stable across versions, so that it can be used in a `switch`. */
  readonly code: MandateErrorCode;

  constructor(code: MandateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** `instanceof` knows the errors of another copy of this package too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, value);
  }

  /** The address of the documentation of `code`: its meaning, causes and remedy. For logs; no answer to a caller holds it. */
  get docsUrl(): string {
    return docsUrlOf(this.code);
  }

  /** The HTTP status that `CognitoExceptionFilter` returns. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }

  /**
   * The same for Nest, Express and Fastify, which answer an error with this member with its status and message, without
   * `CognitoExceptionFilter` too. `undefined` for 500: they answer a generic one, because that message is for the log.
   */
  get statusCode(): number | undefined {
    return this.status === 500 ? undefined : this.status;
  }

  /** Whether a caller may read the message. Nest and Express require it of an error with a `statusCode`. */
  get expose(): boolean {
    return this.statusCode !== undefined;
  }
}
