import { CODE, NEW_PASSWORD, PASSWORD, USERNAME } from './constraints.js';
import { TextField } from './field.decorators.js';

/**
 * Body of a request for a recovery code: `cognito.initiateForgotPassword(body)`.
 *
 * @publicApi
 */
export class InitiateForgotPasswordDto {
  @TextField(USERNAME, { description: 'The username, or an alias that the pool allows.', example: 'ada' })
  declare username: string;
}

/**
 * Body of a request that sets a new password with a recovery code: `cognito.confirmForgotPassword(body)`.
 *
 * @publicApi
 */
export class ConfirmForgotPasswordDto {
  @TextField(USERNAME, { description: 'The username that requested the code.', example: 'ada' })
  declare username: string;

  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;

  @TextField(NEW_PASSWORD, { description: 'The new password.', example: 'Correct-Horse-43' })
  declare password: string;
}

/**
 * Body of a request that changes the password of the signed-in user:
 * `cognito.changePassword({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class ChangePasswordDto {
  @TextField(PASSWORD, {
    description: 'The current password. Only a user without a password leaves it out.',
    example: 'Correct-Horse-42',
    optional: true,
    inExample: true,
  })
  declare previousPassword?: string;

  @TextField(NEW_PASSWORD, { description: 'The new password.', example: 'Correct-Horse-43' })
  declare proposedPassword: string;
}
