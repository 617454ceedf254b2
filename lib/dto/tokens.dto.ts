import { DEVICE_KEY, TOKEN } from './constraints.js';
import { ChoiceField, TextField } from './field.decorators.js';

/**
 * Body of a request that needs only the access token: `cognito.logout(body.accessToken)`,
 * `cognito.deleteUser(body.accessToken)`. Prefer the Authorization header; such requests then have no body.
 * `IntersectionType(AccessTokenDto, ...)` adds the token to another body.
 *
 * @publicApi
 */
export class AccessTokenDto {
  @TextField(TOKEN, { description: 'The access token of the user.', example: 'eyJraWQi.eyJzdWIi.c2lnbmF0dXJl' })
  declare accessToken: string;
}

/**
 * Body of a request that renews tokens: `cognito.renewTokens(body)`.
 *
 * @publicApi
 */
export class RenewTokensDto {
  @TextField(TOKEN, {
    description: 'The refresh token of the sign-in.',
    example: 'eyJjdHkiOiJKV1Qi.a2V5.aXY.Y29udGVudA.dGFn',
  })
  declare refreshToken: string;

  @TextField(TOKEN, {
    description: 'The access token of the same sign-in, expired or not. It names the user and the device.',
    example: 'eyJraWQi.eyJzdWIi.c2lnbmF0dXJl',
    optional: true,
  })
  declare accessToken?: string;

  @TextField(DEVICE_KEY, {
    description: 'The remembered device of the sign-in. Needed if no access token names it.',
    example: 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666',
    optional: true,
  })
  declare deviceKey?: string;

  @ChoiceField(['authorization_code'], {
    description:
      'The grant type that came with the tokens, if one did: tokens of managed login are renewed in their own way.',
    optional: true,
  })
  declare grantType?: 'authorization_code';
}

/**
 * Body of a request that ends one sign-in of the user: `cognito.revokeToken(body.refreshToken)`.
 *
 * @publicApi
 */
export class RevokeTokenDto {
  @TextField(TOKEN, {
    description: 'The refresh token of the sign-in to end.',
    example: 'eyJjdHkiOiJKV1Qi.a2V5.aXY.Y29udGVudA.dGFn',
  })
  declare refreshToken: string;
}
