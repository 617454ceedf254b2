import type { UserAttributes } from '../../attributes/user-attributes.js';
import { ObjectListMember, RecordMember, TextListMember, TextMember } from '../response-field.decorators.js';

import { CodeDeliveryDto } from './code-delivery.dto.js';
import { EXAMPLE } from './example-values.js';

/**
 * The signed-in user: `UserAccount`. An application with names of its own for attributes extends it and describes
 * `attributes` again.
 *
 * @publicApi
 */
export class UserDto<Attributes extends object = UserAttributes> {
  @TextMember({ description: 'The id of the user, which never changes.', example: EXAMPLE.sub })
  declare readonly sub: string;

  @TextMember({ description: 'The internal username.', example: 'ada' })
  declare readonly username: string;

  @RecordMember({
    description: 'The attributes that the app client may read.',
    example: { email: 'ada@example.com', email_verified: true, given_name: 'Ada' },
  })
  declare readonly attributes: Readonly<Attributes>;

  @TextListMember({ description: 'The second factors that are on.', example: ['SOFTWARE_TOKEN_MFA'] })
  declare readonly mfa: readonly string[];

  @TextMember({ description: 'The preferred second factor.', example: 'SOFTWARE_TOKEN_MFA', optional: true })
  declare readonly preferredMfa?: string;
}

/**
 * Response to a change of attributes: the result of `cognito.updateProfile`, by name.
 *
 * @publicApi
 */
export class ProfileUpdateDto {
  @ObjectListMember(() => CodeDeliveryDto, {
    description: 'Where codes were sent that verify changed e-mail addresses and phone numbers.',
  })
  declare readonly deliveries: readonly CodeDeliveryDto[];
}

/**
 * The factors of the signed-in user: `AuthFactors`.
 *
 * @publicApi
 */
export class AuthFactorsDto {
  @TextMember({ description: 'The internal username.', example: 'ada' })
  declare readonly username: string;

  @TextListMember({
    description: 'The factors that the user has set up.',
    example: ['PASSWORD', 'EMAIL_OTP', 'SOFTWARE_TOKEN'],
  })
  declare readonly configured: readonly string[];

  @TextListMember({ description: 'The second factors that are on.', example: ['SOFTWARE_TOKEN_MFA'] })
  declare readonly mfa: readonly string[];

  @TextMember({ description: 'The preferred second factor.', example: 'SOFTWARE_TOKEN_MFA', optional: true })
  declare readonly preferredMfa?: string;
}
