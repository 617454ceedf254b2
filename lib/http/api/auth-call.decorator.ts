import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { authenticationOf } from '../../auth/authentication.js';
import { requestContextOf } from '../../auth/request-context.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { usernameOf } from '../../tokens/claims/token-claims.js';
import type { AuthApiCall } from './auth-api-call.js';

/**
 * Injects the call, for `AuthApi.handle`: the request, the response and the caller whom `CognitoAuthGuard` has found. It works
 * for HTTP and for queries and mutations of GraphQL over HTTP, on Express and Fastify.
 *
 * @example
 * \@Public()
 * \@Mutation(() => Outcome)
 * signIn(\@Args() input: SignInArgs, \@AuthCall() call: AuthApiCall) {
 *   return this.auth.handle('authenticate', input, call);
 * }
 *
 * @throws MandateConfigurationError over a WebSocket and for messages, which have no response to set cookies with.
 * @publicApi
 */
export const AuthCall: () => ParameterDecorator = createParamDecorator(
  (_: undefined, context: ExecutionContext): AuthApiCall => {
    const { request, response } = requestContextOf(context)?.source ?? {};
    if (request === undefined || response === undefined) {
      throw new MandateConfigurationError(
        'AuthCall',
        'needs an HTTP request with its response. Use it in controllers, and in queries and mutations that are sent over HTTP',
      );
    }
    const authentication = authenticationOf(context);
    return {
      request,
      response,
      accessToken: authentication?.token,
      username: authentication && usernameOf(authentication.claims),
    };
  },
);
