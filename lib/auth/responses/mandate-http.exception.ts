import { STATUS_CODES } from 'node:http';

import { HttpException } from '@nestjs/common';

import type { MandateErrorCode } from '../../errors/error-codes.js';
import type { MandateError } from '../../errors/mandate-error.js';
import type { FieldError } from '../../errors/field-error.js';
import { RequestInvalidError } from '../../errors/request-invalid-error.js';
import { retryAfterSeconds } from '../../errors/retry-after.js';
import { brandClass, isInstance } from '../../types/class-brand.js';

/**
 * The JSON body of every error response.
 *
 * @publicApi
 */
export interface ErrorResponseBody {
  readonly statusCode: number;
  /** Reason phrase of the status, such as `Unauthorized`. */
  readonly error: string;
  /** Stable across versions: use it in a `switch`. */
  readonly code: MandateErrorCode;
  readonly message: string;
  /** The fields that are not valid. Present for the code REQUEST_INVALID. */
  readonly errors?: readonly FieldError[];
}

/**
 * HTTP headers of an error response.
 *
 * @publicApi
 */
export type ErrorResponseHeaders = Readonly<Record<string, string>>;

/** Error codes of `@nestjs/apollo` for these statuses. */
const GRAPHQL_CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
};

/** Callers cannot fix a fault in this service's configuration, so only the log describes it. */
const CONFIGURATION_MESSAGE = 'The service is not configured correctly.';

/** A `MandateError` as an HttpException, which Nest answers correctly without a filter. The error is its `cause`. */
export class MandateHttpException extends HttpException {
  static {
    brandClass(this, 'MandateHttpException');
  }

  /** A literal: Nest would take the name of the class, which minifiers change. */
  override readonly name: string = 'MandateHttpException';
  readonly code: MandateErrorCode;
  /** The body never holds what a caller may not read. */
  readonly expose = true;
  readonly headers: ErrorResponseHeaders;

  constructor(cause: MandateError, headers: ErrorResponseHeaders = retryHeaders(cause)) {
    super(bodyOf(cause), cause.status, { cause });
    this.code = cause.code;
    this.headers = headers;
  }

  /** `instanceof` knows the exceptions of another copy of this package too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, value);
  }

  /** As of `MandateError`: the application's copy of Nest may not be the one that this exception extends. */
  get statusCode(): number {
    return this.getStatus();
  }

  override getResponse(): ErrorResponseBody {
    return super.getResponse() as ErrorResponseBody;
  }

  /**
   * The `extensions` of a GraphQL error, with the codes of `@nestjs/apollo`. That package sets them over HTTP only; over
   * graphql-ws graphql itself answers, and reads this member.
   */
  get extensions(): Readonly<Record<string, unknown>> {
    const status = this.getStatus();
    const code = GRAPHQL_CODES[status];
    return { ...(code ? { code } : { code: 'INTERNAL_SERVER_ERROR', status }), originalError: this.getResponse() };
  }
}

function bodyOf(error: MandateError): ErrorResponseBody {
  const { status, code, message } = error;
  return {
    statusCode: status,
    error: STATUS_CODES[status] ?? 'Error',
    code,
    message: status === 500 ? CONFIGURATION_MESSAGE : message,
    ...(error instanceof RequestInvalidError && { errors: error.errors }),
  };
}

function retryHeaders(error: MandateError): ErrorResponseHeaders {
  const seconds = retryAfterSeconds(error);
  return seconds === undefined ? {} : { 'Retry-After': seconds.toString() };
}
