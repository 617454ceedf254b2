import type { UserAttributes } from '../attributes/user-attributes.js';

import { AttributesField } from './attributes-field.decorator.js';
import { CODE, NEW_PASSWORD, SESSION, USERNAME } from './constraints.js';
import { TextField } from './field.decorators.js';

/** The body of a request about a user by name: `cognito.resendConfirmationCode(body)`. */
export class ResendConfirmationCodeDto {
  @TextField(USERNAME, { description: 'As given at sign-up.', example: 'ada' })
  declare username: string;
}

/**
 * The body of a sign-up in pools that allow sign-in without a password: `cognito.register(body)`.
 *
 * Which attributes users may set is the app client's `WriteAttributes`: a pool whose custom attributes grant rights
 * must not leave that list unset, or must leave the field out with
 * `OmitType(PasswordlessRegisterDto, ['attributes'])`.
 */
export class PasswordlessRegisterDto<Attributes extends object = UserAttributes> {
  @TextField(USERNAME, {
    description: 'The name to sign in with; an e-mail address or a phone number where the pool wants one.',
    example: 'ada',
  })
  declare username: string;

  @AttributesField({ description: 'Attributes of the user.', example: { email: 'ada@example.com' }, optional: true })
  declare attributes?: Readonly<Attributes>;
}

/**
 * The body of a sign-up: `cognito.register(body)`. What is said of attributes at `PasswordlessRegisterDto` goes for
 * this one, too.
 */
export class RegisterDto<Attributes extends object = UserAttributes> extends PasswordlessRegisterDto<Attributes> {
  @TextField(NEW_PASSWORD, { description: "A password that fits the pool's policy.", example: 'Correct-Horse-42' })
  declare password: string;
}

/** The body that brings back the code of a sign-up: `cognito.confirmSignUp(body)`. */
export class ConfirmSignUpDto {
  @TextField(USERNAME, { description: 'As given at sign-up.', example: 'ada' })
  declare username: string;

  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;

  @TextField(SESSION, {
    description: 'The session that the sign-up returned: the user can then sign in without another code.',
    optional: true,
  })
  declare session?: string;
}
