import { CODE, NEW_PASSWORD, PASSWORD, USERNAME } from './constraints.js';
import { TextField } from './field.decorators.js';

/** The body that asks for a recovery code: `cognito.initiateForgotPassword(body)`. */
export class InitiateForgotPasswordDto {
  @TextField(USERNAME, { description: 'The username, or an alias that the pool allows.', example: 'ada' })
  declare username: string;
}

/** The body that brings back a recovery code: `cognito.confirmForgotPassword(body)`. */
export class ConfirmForgotPasswordDto {
  @TextField(USERNAME, { description: 'As given when the code was asked for.', example: 'ada' })
  declare username: string;

  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;

  @TextField(NEW_PASSWORD, { description: 'The password to set.', example: 'Correct-Horse-43' })
  declare password: string;
}

/** The body that changes one's own password: `cognito.changePassword({ accessToken, ...body })`. */
export class ChangePasswordDto {
  @TextField(PASSWORD, {
    description: 'The password until now; left out only by users who have none yet.',
    example: 'Correct-Horse-42',
    optional: true,
  })
  declare previousPassword?: string;

  @TextField(NEW_PASSWORD, { description: 'The password to set.', example: 'Correct-Horse-43' })
  declare proposedPassword: string;
}
