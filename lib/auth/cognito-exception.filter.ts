import {
  Catch,
  HttpException,
  Inject,
  Logger,
  Optional,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { throwError } from 'rxjs';

import { MandateError } from '../errors/mandate-error.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import { AccessRefusedException, retryHeaders } from './responses/access-denied.exception.js';
import { bearerChallenge } from './responses/bearer-challenge.js';
import { answer } from './responses/http-response.js';
import { DEFAULT_POOL, UserPools } from './pools/user-pools.js';

/** What is left of an error for those who are not on HTTP. */
type Payload = ReturnType<AccessRefusedException['getResponse']> & { readonly status: 'error' };

/** A socket of socket.io, or a plain WebSocket, which has a `readyState` and an `emit` that reaches nobody. */
interface Socket {
  readonly readyState?: number;
  send(text: string): unknown;
  emit(event: string, payload: unknown): unknown;
}

/**
 * Answers every `MandateError`, and what the guard throws, with its HTTP status and
 * `{ statusCode, error, code, message }`; with `Retry-After` where that is known.
 *
 * GraphQL gets an HttpException, of which `@nestjs/graphql` makes an error with a code; a WebSocket gets an `exception`
 * event, a microservice's caller an error. Global filters do not reach gateways: use `@UseFilters` there.
 *
 * It adds nothing to what Cognito said: an app client that hides which users exist still hides them.
 */
@Catch(MandateError, AccessRefusedException)
export class CognitoExceptionFilter implements ExceptionFilter<MandateError | AccessRefusedException> {
  readonly #logger = new Logger(CognitoExceptionFilter.name);

  /** @param pools - Nest gives it; without it the realm is named `default`. */
  constructor(@Optional() @Inject(UserPools) private readonly pools?: UserPools) {}

  catch(error: MandateError | AccessRefusedException, host: ArgumentsHost): unknown {
    const exception = this.#exceptionOf(error);
    switch (host.getType<string>()) {
      case 'http':
        answer(
          host.switchToHttp().getResponse<object>(),
          exception.getStatus(),
          exception.getResponse(),
          exception.headers,
        );
        return undefined;
      case 'ws':
        emit(host.switchToWs().getClient<Socket>(), payloadOf(exception));
        return undefined;
      case 'rpc':
        return throwError(() => payloadOf(exception));
      default:
        return exception;
    }
  }

  #exceptionOf(error: MandateError | AccessRefusedException): AccessRefusedException {
    if (error instanceof HttpException) {
      return error;
    }
    if (error.status === 500) {
      this.#logger.error(`${error.code}: ${error.message}`, error.stack);
    }
    // A token that a handler had verified itself is refused as the guard refuses one (RFC 6750 section 3).
    return error instanceof TokenRejectedError
      ? new AccessRefusedException(error, { 'WWW-Authenticate': bearerChallenge(this.#realm(), error) })
      : new AccessRefusedException(error, retryHeaders(error));
  }

  #realm(): string {
    const names = this.pools?.names() ?? [];
    const hasDefault = names.length === 1 || names.includes(DEFAULT_POOL);
    return this.pools !== undefined && hasDefault ? this.pools.get().realm : DEFAULT_POOL;
  }
}

function payloadOf(exception: AccessRefusedException): Payload {
  return { status: 'error', ...exception.getResponse() };
}

function emit(client: Socket, payload: Payload): void {
  if (typeof client.readyState === 'number') {
    client.send(JSON.stringify({ event: 'exception', data: payload }));
  } else {
    client.emit('exception', payload);
  }
}
