import { FIRST_FACTORS, type FirstFactor } from '../protocol/challenge.js';

import { PASSWORD, SESSION, SIGN_IN_FLOWS, USERNAME } from './constraints.js';
import { RememberedDeviceDto } from './devices.dto.js';
import { ChoiceField, TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/**
 * A flow that a sign-in without AWS credentials can use.
 *
 * @publicApi
 */
export type SignInFlow = (typeof SIGN_IN_FLOWS)[number];

/**
 * Body of a sign-in whose client chooses the flow, where the server keeps sessions and the device of the browser. The
 * server decides which flows it accepts, and which is the default.
 *
 * @publicApi
 */
export class FlowSignInDto {
  @TextField(USERNAME, { description: 'The username, or an alias that the pool allows.', example: 'ada' })
  declare username: string;

  @TextField(PASSWORD, {
    description: 'The password. Required for USER_SRP_AUTH and USER_PASSWORD_AUTH.',
    example: 'Correct-Horse-42',
    optional: ({ flow }: { readonly flow?: unknown }) => flow !== 'USER_SRP_AUTH' && flow !== 'USER_PASSWORD_AUTH',
    inExample: true,
  })
  declare password?: string;

  @ChoiceField(SIGN_IN_FLOWS, {
    description: 'The flow. Default: the one that the server chooses.',
    example: 'USER_SRP_AUTH',
    optional: true,
  })
  declare flow?: SignInFlow;

  @ChoiceField(FIRST_FACTORS, {
    description:
      'For USER_AUTH: the factor to sign in with. If the user does not have it, the response lists the available ones.',
    example: 'EMAIL_OTP',
    optional: true,
  })
  declare preferredChallenge?: FirstFactor;
}

/**
 * Body of a sign-in whose client chooses the flow and keeps sessions and its device itself.
 *
 * @publicApi
 */
export class FlowAuthenticateDto extends FlowSignInDto {
  @NestedField(() => RememberedDeviceDto, {
    description: 'A remembered device. It replaces the second factor.',
    optional: true,
  })
  declare device?: RememberedDeviceDto;

  @TextField(SESSION, {
    description:
      'For USER_AUTH: the session that the confirmation of a sign-up returned. It signs the user in without another code.',
    example: 'AYABeExampleSessionOfTheSignUp',
    optional: true,
  })
  declare session?: string;
}
