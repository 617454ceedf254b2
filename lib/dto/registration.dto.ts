import type { UserAttributes } from '../attributes/user-attributes.js';

import { AttributesField } from './attributes-field.decorator.js';
import { CODE, NEW_PASSWORD, SESSION, USERNAME } from './constraints.js';
import { TextField } from './field.decorators.js';

/**
 * Body of a request for another confirmation code: `cognito.resendConfirmationCode(body)`.
 *
 * @publicApi
 */
export class ResendConfirmationCodeDto {
  @TextField(USERNAME, { description: 'The username of the sign-up.', example: 'ada' })
  declare username: string;
}

/**
 * Body of a sign-up in pools that allow sign-in without a password: `cognito.register(body)`.
 *
 * The app client's `WriteAttributes` decides which attributes users may set. If custom attributes grant rights, set
 * that list, or remove the field with `OmitType(PasswordlessRegisterDto, ['attributes'])`.
 *
 * @publicApi
 */
export class PasswordlessRegisterDto<Attributes extends object = UserAttributes> {
  @TextField(USERNAME, {
    description: 'The username. An e-mail address or phone number, if the pool requires one.',
    example: 'ada',
  })
  declare username: string;

  @AttributesField({
    description: 'Attributes of the user.',
    example: { email: 'ada@example.com' },
    optional: true,
    inExample: true,
  })
  declare attributes?: Readonly<Attributes>;
}

/**
 * Body of a sign-up: `cognito.register(body)`.
 *
 * The app client's `WriteAttributes` decides which attributes users may set. If custom attributes grant rights, set
 * that list, or remove the field with `OmitType(RegisterDto, ['attributes'])`.
 *
 * @publicApi
 */
export class RegisterDto<Attributes extends object = UserAttributes> extends PasswordlessRegisterDto<Attributes> {
  @TextField(NEW_PASSWORD, {
    description: 'A password that satisfies the policy of the pool.',
    example: 'Correct-Horse-42',
  })
  declare password: string;
}

/**
 * Body of a request that confirms a sign-up, where the server keeps the session of the sign-up.
 *
 * @publicApi
 */
export class ConfirmCodeDto {
  @TextField(USERNAME, { description: 'The username of the sign-up.', example: 'ada' })
  declare username: string;

  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;
}

/**
 * Body of a request that confirms a sign-up: `cognito.confirmSignUp(body)`.
 *
 * @publicApi
 */
export class ConfirmSignUpDto extends ConfirmCodeDto {
  @TextField(SESSION, {
    description: 'The session that the sign-up returned. With it the user can sign in without another code.',
    example: 'AYABeExampleSessionOfTheSignUp',
    optional: true,
  })
  declare session?: string;
}
