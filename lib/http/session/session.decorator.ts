import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { authenticationOf } from '../../auth/authentication.js';
import { requestContextOf } from '../../auth/request-context.js';
import type { BrowserSession } from './browser-session.js';
import { sessionFor } from './call-sessions.js';

/**
 * Injects the `BrowserSession` of the call: its claims and times, never a token. `undefined` if the caller is anonymous, and
 * if a bearer token authenticated the call. It works for HTTP, GraphQL and WebSockets, requires `CognitoAuthGuard`, and
 * denies no call itself.
 *
 * @example
 * \@Get('me')
 * me(\@Session() session: BrowserSession) {
 *   return session.claims;
 * }
 *
 * @publicApi
 */
export const Session: () => ParameterDecorator = createParamDecorator(
  async (_: undefined, context: ExecutionContext): Promise<BrowserSession | undefined> => {
    const caller = authenticationOf(context)?.claims;
    const request = requestContextOf(context)?.source.request;
    if (caller === undefined || request === undefined) {
      return undefined;
    }
    return (await sessionFor(request, caller.sub))?.view();
  },
);
