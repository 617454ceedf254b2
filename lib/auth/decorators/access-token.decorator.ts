import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { authenticationOf } from '../authentication.js';

/**
 * Injects the caller's verified access token, to call Cognito on behalf of the user.
 *
 * The parameter is `undefined` if the caller is anonymous (`@Public()`), and if the token is an id token, which Cognito's
 * API does not accept. Requires `CognitoAuthGuard` or `AuthGuard('cognito')`; it denies no call itself.
 *
 * @example
 * \@Post('logout')
 * async logout(\@AccessToken() accessToken: string) {
 *   await this.cognito.logout(accessToken);
 * }
 *
 * @publicApi
 */
export const AccessToken: () => ParameterDecorator = createParamDecorator(accessTokenOf);

function accessTokenOf(_data: undefined, context: ExecutionContext): string | undefined {
  const authentication = authenticationOf(context);
  return authentication?.claims.token_use === 'access' ? authentication.token : undefined;
}
