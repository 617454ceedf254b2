import { FIRST_FACTORS, type FirstFactor } from '../protocol/challenge.js';

import { PASSWORD, SESSION, USERNAME, WORD } from './constraints.js';
import { RememberedDeviceDto } from './devices.dto.js';
import { ChoiceField, CountField, TextField, TextListField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/** What every sign-in takes. */
class SignInDto {
  @TextField(USERNAME, { description: 'The username, or an alias that the pool allows.', example: 'ada' })
  declare username: string;

  @NestedField(() => RememberedDeviceDto, {
    description: 'A remembered device, which then is the second factor.',
    optional: true,
  })
  declare device?: RememberedDeviceDto;
}

/**
 * The body of a sign-in with a password: `cognito.authenticate(body)`. By which flow is the server's to say:
 * `cognito.authenticate({ ...body, flow: 'USER_PASSWORD_AUTH' })`; by SRP unless it does.
 */
export class AuthenticateDto extends SignInDto {
  @TextField(PASSWORD, { description: 'The password.', example: 'Correct-Horse-42' })
  declare password: string;
}

/** The body of a sign-in by the pool's own challenges (CUSTOM_AUTH): `cognito.authenticate(body)`. */
export class CustomAuthenticateDto extends SignInDto {
  @ChoiceField(['CUSTOM_AUTH'], { description: 'May be left out.', default: 'CUSTOM_AUTH', optional: true })
  flow = 'CUSTOM_AUTH' as const;

  @TextField(PASSWORD, { description: 'The password, where the pool wants it first.', optional: true })
  declare password?: string;
}

/**
 * The body of a sign-in by a factor of the user's choice (USER_AUTH): `cognito.authenticate(body)`. For a step-up with
 * the access token of the sign-in so far: `cognito.authenticate({ ...body, accessToken })`.
 */
export class ChoiceAuthenticateDto extends SignInDto {
  @ChoiceField(['USER_AUTH'], { description: 'May be left out.', default: 'USER_AUTH', optional: true })
  flow = 'USER_AUTH' as const;

  @ChoiceField(FIRST_FACTORS, {
    description: 'The factor to sign in with; without one that the user has, the answer offers those that work.',
    example: 'EMAIL_OTP',
    optional: true,
  })
  declare preferredChallenge?: FirstFactor;

  @TextField(PASSWORD, { description: 'The password, for PASSWORD and PASSWORD_SRP.', optional: true })
  declare password?: string;

  @TextField(SESSION, {
    description: 'The session that the confirmation of a sign-up returned: signs in without another code.',
    optional: true,
  })
  declare session?: string;

  @TextListField(WORD, {
    description: 'Step-up: the levels of authentication to reach, most wanted first.',
    example: ['urn:cognito:loa:2'],
    optional: true,
  })
  declare targetAcrValues?: string[];

  @CountField({ description: 'Step-up: seconds since the last authentication at most.', example: 300, optional: true })
  declare maxAgeSeconds?: number;
}
