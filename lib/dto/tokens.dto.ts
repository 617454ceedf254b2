import { DEVICE_KEY, TOKEN } from './constraints.js';
import { TextField } from './field.decorators.js';

/**
 * The body of a request that needs nothing but the user's access token, in an API that takes it from there:
 * `cognito.logout(body.accessToken)`, `cognito.deleteUser(body.accessToken)`. Where the token comes in the
 * Authorization header, as it better does, these requests have no body. `IntersectionType(AccessTokenDto, ...)` adds
 * the token to others.
 */
export class AccessTokenDto {
  @TextField(TOKEN, { description: 'The access token of the sign-in.' })
  declare accessToken: string;
}

/** The body that renews tokens: `cognito.renewTokens(body)`. */
export class RenewTokensDto {
  @TextField(TOKEN, { description: 'The refresh token of the sign-in.' })
  declare refreshToken: string;

  @TextField(TOKEN, {
    description: 'The access token of the same sign-in, expired or not: names the user and the device.',
    optional: true,
  })
  declare accessToken?: string;

  @TextField(DEVICE_KEY, {
    description: 'The remembered device of the sign-in, when no access token names it.',
    optional: true,
  })
  declare deviceKey?: string;
}

/** The body that ends one sign-in and leaves the others: `cognito.revokeToken(body.refreshToken)`. */
export class RevokeTokenDto {
  @TextField(TOKEN, { description: 'The refresh token of the sign-in to end.' })
  declare refreshToken: string;
}
