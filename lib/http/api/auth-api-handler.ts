import { Inject } from '@nestjs/common';

import type { AuthApiCall } from './auth-api-call.js';
import type { AuthApiContext } from './auth-api-context.js';
import type { AuthApiRoute } from './auth-api-routes.js';
import type { AuthApiInputs, AuthApiOutputs } from './auth-api-types.js';
import { AUTH_API_CONTEXT } from './internal-tokens.js';

/**
 * The logic of one route. An application extends a handler of this package, or this class, and names it in the option
 * `handlers`. It may inject anything that the option `imports` brings, apart from request-scoped providers: it receives the
 * request with each call.
 *
 * A handler knows no transport: the controller calls it for HTTP requests, and `AuthApi.handle` for resolvers.
 *
 * @publicApi
 */
export abstract class AuthApiHandler<Route extends AuthApiRoute> {
  /** The services and the settings of the API. A property, so that subclasses need not pass it on. */
  @Inject(AUTH_API_CONTEXT)
  protected readonly api!: AuthApiContext;

  /** Answers a call. What it throws becomes the error response. */
  abstract handle(input: AuthApiInputs[Route], call: AuthApiCall): Promise<AuthApiOutputs[Route]>;
}
