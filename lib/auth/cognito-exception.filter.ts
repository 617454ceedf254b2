import { Catch, Inject, Logger, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { throwError } from 'rxjs';

import { MandateError } from '../errors/mandate-error.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import { constructorTokens } from './constructor-tokens.js';
import { DEFAULT_POOL, USER_POOLS, type UserPools } from './pools/user-pools.js';
import { AccessDeniedException } from './responses/access-denied.exception.js';
import { bearerChallenge } from './responses/bearer-challenge.js';
import { grpcError, isGrpcMetadata } from './responses/grpc-error.js';
import { sendJson } from './responses/http-response.js';
import { MandateHttpException } from './responses/mandate-http.exception.js';
import { type ErrorPayload, errorPayload, sendException, withoutTokens } from './responses/socket-response.js';

/**
 * Answers every `MandateError`, and what `CognitoAuthGuard` throws, with its HTTP status and the body
 * `{ statusCode, error, code, message }`. It sets `WWW-Authenticate` for a rejected token, and `Retry-After` with every 429
 * and 503. Without this filter Nest answers a `MandateError` with its status and message alone, and logs it as an error.
 *
 * Over GraphQL it returns an HttpException, which `@nestjs/graphql` converts into an error with a code. Over a WebSocket it
 * emits an `exception` event with the same body and `cause: { pattern, data }`, the message that it is about, without
 * tokens; socket.io's acknowledgement receives it too. The caller of a microservice receives an error; over gRPC it has
 * the status code of gRPC, such as UNAUTHENTICATED, and the trailing metadata `code`. Global filters do not reach gateways:
 * use `@UseFilters` there.
 *
 * Its log has every `MandateError` with the address of its documentation: at `error` for a status 500, else at `debug`.
 *
 * It reveals no more than Cognito does: an app client that hides which users exist still hides them.
 *
 * @example
 * providers: [{ provide: APP_FILTER, useClass: CognitoExceptionFilter }]
 *
 * @publicApi
 */
@constructorTokens()
@Catch(MandateError, MandateHttpException)
export class CognitoExceptionFilter implements ExceptionFilter<MandateError | MandateHttpException> {
  readonly #logger = new Logger(CognitoExceptionFilter.name);

  /** A property, so that subclasses need not pass it on. */
  @Optional()
  @Inject(USER_POOLS)
  private readonly registeredPools?: UserPools;

  /** @param pools - for a filter that Nest does not create; without them the realm is `default`. */
  constructor(private readonly pools?: UserPools) {}

  catch(error: MandateError | MandateHttpException, host: ArgumentsHost): unknown {
    const exception = this.#exceptionOf(error);
    switch (host.getType<string>()) {
      case 'http':
        this.respond(host.switchToHttp().getResponse<object>(), exception);
        return undefined;
      case 'ws':
        refuseMessage(host, errorPayload(exception));
        return undefined;
      case 'rpc':
        return throwError(() => rpcError(errorPayload(exception), host));
      default:
        return exception;
    }
  }

  /** Answers an HTTP request. */
  protected respond(response: object, exception: MandateHttpException): void {
    sendJson(response, exception.getStatus(), exception.getResponse(), exception.headers);
  }

  #exceptionOf(error: MandateError | MandateHttpException): MandateHttpException {
    if (!(error instanceof MandateError)) {
      return error;
    }
    this.#log(error);
    // A token that a handler verified itself is rejected as by the guard (RFC 6750, section 3).
    return error instanceof TokenRejectedError
      ? new AccessDeniedException(error, { 'WWW-Authenticate': bearerChallenge(this.#realm(), error) })
      : new MandateHttpException(error);
  }

  /** Only the log describes a fault of this service. Everything else is for who looks for the reason of an answer. */
  #log(error: MandateError): void {
    const line = `${error.code}: ${error.message} See ${error.docsUrl}`;
    if (error.status === 500) {
      this.#logger.error(line, error.stack);
    } else {
      this.#logger.debug(line);
    }
  }

  #realm(): string {
    const pools = this.pools ?? this.registeredPools;
    const names = pools?.names() ?? [];
    const hasDefault = names.length === 1 || names.includes(DEFAULT_POOL);
    return pools !== undefined && hasDefault ? pools.get().realm : DEFAULT_POOL;
  }
}

function rpcError(payload: ErrorPayload, host: ArgumentsHost): object {
  const context: unknown = host.switchToRpc().getContext();
  return isGrpcMetadata(context) ? grpcError(payload, context) : payload;
}

/**
 * Emits an exception that names the message as Nest's own filter does, and acknowledges the message if the client asked
 * for that: otherwise it would wait until it gives up.
 */
export function refuseMessage(host: ArgumentsHost, body: ErrorPayload): void {
  const message = host.switchToWs();
  // Arguments of a message: client, data, acknowledgement, pattern. Plain WebSockets acknowledge nothing.
  const [acknowledge] = host
    .getArgs<unknown[]>()
    .slice(2)
    .filter((argument) => typeof argument === 'function');
  const pattern: unknown = message.getPattern();
  const cause = {
    pattern: typeof pattern === 'string' ? pattern : 'unknown',
    data: withoutTokens(message.getData<unknown>()),
  };
  const payload = { ...body, cause };
  sendException(message.getClient<object>(), payload);
  acknowledge?.(payload);
}
