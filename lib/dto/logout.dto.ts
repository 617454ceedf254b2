import { TOKEN } from './constraints.js';
import { FlagField, TextField } from './field.decorators.js';

/**
 * Body of a request that signs the user of a browser session out.
 *
 * @publicApi
 */
export class EndSessionDto {
  @FlagField({
    description: 'Whether to end all sign-ins of the user, not only this one.',
    default: false,
    optional: true,
  })
  declare everywhere?: boolean;
}

/**
 * Body of a request that signs the user out, whose client keeps the tokens: `cognito.revokeToken(body.refreshToken)`,
 * or `cognito.logout(accessToken)` for everywhere.
 *
 * @publicApi
 */
export class LogoutDto extends EndSessionDto {
  @TextField(TOKEN, {
    description: 'The refresh token of the sign-in to end.',
    example: 'eyJjdHkiOiJKV1Qi.a2V5.aXY.Y29udGVudA.dGFn',
    optional: true,
    inExample: true,
  })
  declare refreshToken?: string;
}
