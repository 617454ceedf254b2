import { FIRST_FACTORS, type FirstFactor } from '../protocol/challenge.js';

import { PASSWORD, SESSION, USERNAME, WORD } from './constraints.js';
import { RememberedDeviceDto } from './devices.dto.js';
import { ChoiceField, CountField, TextField, TextListField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/** The member of every sign-in. */
class NamedUserDto {
  @TextField(USERNAME, { description: 'The username, or an alias that the pool allows.', example: 'ada' })
  declare username: string;
}

const DEVICE = { description: 'A remembered device. It replaces the second factor.', optional: true } as const;

/** The members of sign-ins whose client keeps its device itself. */
class SignInDto extends NamedUserDto {
  @NestedField(() => RememberedDeviceDto, DEVICE)
  declare device?: RememberedDeviceDto;
}

/**
 * Body of a sign-in with a password, where the server keeps the device of the browser.
 *
 * @publicApi
 */
export class PasswordAuthenticateDto extends NamedUserDto {
  @TextField(PASSWORD, { description: 'The password.', example: 'Correct-Horse-42' })
  declare password: string;
}

/**
 * Body of a sign-in with a password: `cognito.authenticate(body)`. The server chooses the flow, which is SRP by
 * default: `cognito.authenticate({ ...body, flow: 'USER_PASSWORD_AUTH' })`.
 *
 * @publicApi
 */
export class AuthenticateDto extends PasswordAuthenticateDto {
  @NestedField(() => RememberedDeviceDto, DEVICE)
  declare device?: RememberedDeviceDto;
}

/**
 * Body of a sign-in with custom challenges (CUSTOM_AUTH): `cognito.authenticate(body)`.
 *
 * @publicApi
 */
export class CustomAuthenticateDto extends SignInDto {
  @ChoiceField(['CUSTOM_AUTH'], {
    description: 'The flow. It may be left out.',
    default: 'CUSTOM_AUTH',
    optional: true,
  })
  flow = 'CUSTOM_AUTH' as const;

  @TextField(PASSWORD, {
    description: 'The password, if the pool verifies it first.',
    example: 'Correct-Horse-42',
    optional: true,
  })
  declare password?: string;
}

/**
 * Body of a sign-in with a factor that the user chooses (USER_AUTH): `cognito.authenticate(body)`. For a step-up, add
 * the access token of the current sign-in: `cognito.authenticate({ ...body, accessToken })`.
 *
 * @publicApi
 */
export class ChoiceAuthenticateDto extends SignInDto {
  @ChoiceField(['USER_AUTH'], { description: 'The flow. It may be left out.', default: 'USER_AUTH', optional: true })
  flow = 'USER_AUTH' as const;

  @ChoiceField(FIRST_FACTORS, {
    description: 'The factor to sign in with. If the user does not have it, the response lists the available ones.',
    example: 'EMAIL_OTP',
    optional: true,
  })
  declare preferredChallenge?: FirstFactor;

  @TextField(PASSWORD, {
    description: 'The password, for PASSWORD and PASSWORD_SRP.',
    example: 'Correct-Horse-42',
    optional: true,
  })
  declare password?: string;

  @TextField(SESSION, {
    description: 'The session that the confirmation of a sign-up returned. It signs the user in without another code.',
    example: 'AYABeExampleSessionOfTheSignUp',
    optional: true,
  })
  declare session?: string;

  @TextListField(WORD, {
    description: 'Step-up: the requested authentication levels (`acr`), in order of preference.',
    example: ['urn:cognito:loa:2'],
    optional: true,
  })
  declare targetAcrValues?: string[];

  @CountField({
    description: 'Step-up: the maximum age of the last authentication, in seconds.',
    example: 300,
    optional: true,
  })
  declare maxAgeSeconds?: number;
}
