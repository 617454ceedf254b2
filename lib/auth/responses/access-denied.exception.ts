import { STATUS_CODES } from 'node:http';

import { HttpException } from '@nestjs/common';

import type { MandateErrorCode } from '../../errors/error-codes.js';
import type { MandateError } from '../../errors/mandate-error.js';

/** The body of every refusal. */
export interface RefusalBody {
  readonly statusCode: number;
  /** The status in words, such as `Unauthorized`. */
  readonly error: string;
  /** Why: stable, to be used in a `switch`. */
  readonly code: MandateErrorCode;
  readonly message: string;
}

/** Headers that belong to a refusal. */
export type RefusalHeaders = Readonly<Record<string, string>>;

/** How `@nestjs/apollo` calls these statuses. */
const GRAPHQL_CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
};

/**
 * What the guard throws. It is an HttpException with everything in it, so that Nest answers rightly without a filter;
 * the error behind it is its `cause`.
 */
export class AccessRefusedException extends HttpException {
  readonly code: MandateErrorCode;
  readonly headers: RefusalHeaders;

  constructor(cause: MandateError, headers: RefusalHeaders = {}) {
    super(refusalBody(cause), cause.status, { cause });
    this.code = cause.code;
    this.headers = headers;
  }

  override getResponse(): RefusalBody {
    return super.getResponse() as RefusalBody;
  }

  /**
   * What GraphQL puts beside the message, in the words of `@nestjs/apollo`: that does it over HTTP only, while a refused
   * subscription over graphql-ws is answered by graphql itself, which looks for this member.
   */
  get extensions(): Readonly<Record<string, unknown>> {
    const status = this.getStatus();
    const code = GRAPHQL_CODES[status];
    return { ...(code ? { code } : { code: 'INTERNAL_SERVER_ERROR', status }), originalError: this.getResponse() };
  }
}

/** Says nothing about a fault of this service's own set-up but its code: who calls cannot mend it, the log tells who can. */
const SET_UP_MESSAGE = 'The service is not set up correctly.';

/** The body with which an error is answered. */
export function refusalBody({ status, code, message }: MandateError): RefusalBody {
  return {
    statusCode: status,
    error: STATUS_CODES[status] ?? 'Error',
    code,
    message: status === 500 ? SET_UP_MESSAGE : message,
  };
}

/** `Retry-After` in seconds, for errors that know it. */
export function retryHeaders(error: MandateError): RefusalHeaders {
  const retryAfterSeconds: unknown = 'retryAfterSeconds' in error ? error.retryAfterSeconds : undefined;
  return typeof retryAfterSeconds === 'number' ? { 'Retry-After': retryAfterSeconds.toString() } : {};
}
