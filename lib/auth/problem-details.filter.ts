import { STATUS_CODES } from 'node:http';

import { type ArgumentsHost, Catch, HttpException } from '@nestjs/common';
import { throwError } from 'rxjs';

import { MandateError } from '../errors/mandate-error.js';
import { isObject } from '../types/is-object.js';
import { CognitoExceptionFilter, refuseMessage } from './cognito-exception.filter.js';
import { sendJson } from './responses/http-response.js';
import { MandateHttpException } from './responses/mandate-http.exception.js';
import type { ErrorPayload } from './responses/socket-response.js';

/**
 * Answers HTTP requests with problem details (RFC 9457, `application/problem+json`), and everything else as
 * `CognitoExceptionFilter` does, which it replaces: `{ type, title, status, detail, code, errors? }`.
 *
 * It answers the HttpExceptions of Nest too, such as 404 for an unknown path. These have no `code`.
 *
 * @example
 * providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }]
 *
 * @publicApi
 */
@Catch(MandateError, MandateHttpException, HttpException)
export class ProblemDetailsFilter extends CognitoExceptionFilter {
  override catch(error: MandateError | HttpException, host: ArgumentsHost): unknown {
    if (error instanceof MandateError || error instanceof MandateHttpException) {
      return super.catch(error, host);
    }
    switch (host.getType<string>()) {
      case 'http':
        this.respond(host.switchToHttp().getResponse<object>(), error);
        return undefined;
      case 'ws':
        refuseMessage(host, payloadOf(error));
        return undefined;
      case 'rpc':
        return throwError(() => payloadOf(error));
      default:
        return error;
    }
  }

  protected override respond(response: object, exception: HttpException): void {
    const headers = exception instanceof MandateHttpException ? exception.headers : {};
    const body = {
      type: 'about:blank',
      title: titleOf(exception),
      status: exception.getStatus(),
      detail: detailOf(exception),
      ...(exception instanceof MandateHttpException && extensionsOf(exception)),
    };
    sendJson(response, exception.getStatus(), body, { ...headers, 'Content-Type': 'application/problem+json' });
  }
}

/** The reason phrase: what a title has to be for the type `about:blank` (RFC 9457, section 4.2.1). */
function titleOf(exception: HttpException): string {
  return STATUS_CODES[exception.getStatus()] ?? 'Error';
}

/** The message of the exception; Nest's validation has a list of them. */
function detailOf(exception: HttpException): string {
  const response = exception.getResponse();
  const message: unknown = isObject(response) ? response['message'] : response;
  return Array.isArray(message) ? message.join('; ') : typeof message === 'string' ? message : exception.message;
}

function extensionsOf(exception: MandateHttpException): object {
  const { code, errors } = exception.getResponse();
  return { code, ...(errors && { errors }) };
}

function payloadOf(exception: HttpException): ErrorPayload {
  const statusCode = exception.getStatus();
  return { status: 'error', statusCode, error: titleOf(exception), message: detailOf(exception) };
}
