import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { authenticationAt } from '../authentication.js';
import { requestContextOf } from '../request-context.js';

/**
 * A parameter with the caller's verified token as it came, to call Cognito in the user's name:
 * `@AccessToken() token: string`. `undefined` when nobody is signed in (`@Public()`) and when the token is an id token.
 */
export const AccessToken: () => ParameterDecorator = createParamDecorator(accessTokenOf);

function accessTokenOf(_data: undefined, context: ExecutionContext): string | undefined {
  const carrier = requestContextOf(context)?.carrier;
  const authentication = carrier && authenticationAt(carrier, context);
  return authentication?.claims.token_use === 'access' ? authentication.token : undefined;
}
