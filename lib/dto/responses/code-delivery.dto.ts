import { ChoiceMember, ObjectMember, TextMember } from '../response-field.decorators.js';

import { EXAMPLE } from './example-values.js';

/** Where a challenge's code was sent. */
export class ChallengeDeliveryDto {
  @ChoiceMember(['EMAIL', 'SMS'], { description: 'How the code was sent.', optional: true })
  declare readonly medium?: 'EMAIL' | 'SMS';

  @TextMember({
    description: 'Where the code was sent, masked by Cognito.',
    example: EXAMPLE.destination,
    optional: true,
  })
  declare readonly destination?: string;
}

/**
 * Where a code was sent: `CodeDelivery`.
 *
 * @publicApi
 */
export class CodeDeliveryDto extends ChallengeDeliveryDto {
  @TextMember({ description: 'The attribute that holds the destination.', example: 'email', optional: true })
  declare readonly attribute?: string;
}

/**
 * Response to a request that sends a code. It is the same whether the user exists or not.
 *
 * @publicApi
 */
export class CodeSentDto {
  @ObjectMember(() => CodeDeliveryDto, {
    description: 'Where the code was sent. Absent unless the server shows it.',
    optional: true,
  })
  declare readonly delivery?: CodeDeliveryDto;
}
