import { ChoiceMember, FlagMember, ObjectMember, TextMember } from '../response-field.decorators.js';

import { CodeDeliveryDto } from './code-delivery.dto.js';
import { EXAMPLE } from './example-values.js';

/**
 * Response to a sign-up: `Registration`, or the part of it that the server shows.
 *
 * @publicApi
 */
export class RegistrationDto {
  @FlagMember({ description: 'Whether the user can sign in. If false, confirm the sign-up first.', example: false })
  declare readonly confirmed: boolean;

  @TextMember({
    description: 'The id of the user. Absent unless the server reveals which users exist.',
    example: EXAMPLE.sub,
    optional: true,
  })
  declare readonly userSub?: string;

  @ObjectMember(() => CodeDeliveryDto, {
    description: 'Where the confirmation code was sent. Absent unless the server shows it.',
    optional: true,
  })
  declare readonly delivery?: CodeDeliveryDto;

  @TextMember({
    description: 'Send it with the confirmation, to sign in later without another code.',
    example: EXAMPLE.signUpSession,
    optional: true,
  })
  declare readonly session?: string;
}

/**
 * Response to the confirmation of a sign-up: `SignUpConfirmation` with a status, which tells it from the outcome of a
 * sign-in.
 *
 * @publicApi
 */
export class ConfirmationDto {
  @ChoiceMember(['CONFIRMED'], { description: 'The user can sign in.' })
  declare readonly status: 'CONFIRMED';

  @TextMember({
    description: 'Sign in with it (USER_AUTH) without another code.',
    example: EXAMPLE.signUpSession,
    optional: true,
  })
  declare readonly session?: string;
}
