import { ChoiceMember, TextMember, TimeMember } from '../response-field.decorators.js';

import { EXAMPLE } from './example-values.js';

/**
 * The tokens of a signed-in user: `TokenSet`.
 *
 * @publicApi
 */
export class TokensDto {
  @TextMember({ description: 'The access token, for the Authorization header.', example: EXAMPLE.accessToken })
  declare readonly accessToken: string;

  @TextMember({
    description: 'The id token. Absent when the sign-in was not granted the scope `openid`.',
    example: EXAMPLE.idToken,
    optional: true,
  })
  declare readonly idToken?: string;

  @TextMember({
    description: 'The refresh token. It renews the others.',
    example: EXAMPLE.refreshToken,
    optional: true,
  })
  declare readonly refreshToken?: string;

  @TimeMember({ description: 'When the access and id tokens expire, in milliseconds since the epoch.' })
  declare readonly expiresAt: number;

  @TextMember({ description: 'The type of the access token.', example: 'Bearer' })
  declare readonly tokenType: string;

  @ChoiceMember(['authorization_code'], {
    description: 'Present for a sign-in at managed login, whose tokens are renewed in their own way.',
    optional: true,
  })
  declare readonly grantType?: 'authorization_code';
}
