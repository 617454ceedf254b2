import { FIRST_FACTORS, MFA_TYPES, type ChallengeName, type FirstFactor, type MfaType } from '../protocol/challenge.js';

import { AttributesField } from './attributes-field.decorator.js';
import { CODE, CUSTOM_ANSWER, DEVICE_NAME, EMAIL, NEW_PASSWORD, PASSWORD, TOTP_CODE } from './constraints.js';
import { ChoiceField, TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';
import { CredentialAssertionDto } from './web-authn-credential.dto.js';

/**
 * The answer to PASSWORD and PASSWORD_SRP.
 *
 * @publicApi
 */
export class PasswordAnswerDto {
  @TextField(PASSWORD, { description: 'The password.', example: 'Correct-Horse-42' })
  declare password: string;
}

/**
 * The answer to NEW_PASSWORD_REQUIRED.
 *
 * @publicApi
 */
export class NewPasswordAnswerDto {
  @TextField(NEW_PASSWORD, { description: 'The new password.', example: 'Correct-Horse-43' })
  declare password: string;

  @AttributesField({
    description: 'The required attributes that the user does not have yet.',
    example: { given_name: 'Ada' },
    optional: true,
  })
  declare attributes?: object;
}

/**
 * The answer to EMAIL_OTP, SMS_OTP and SMS_MFA.
 *
 * @publicApi
 */
export class CodeAnswerDto {
  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;
}

/**
 * The answer to SOFTWARE_TOKEN_MFA.
 *
 * @publicApi
 */
export class SoftwareTokenAnswerDto {
  @TextField(TOTP_CODE, { description: 'The code that the authenticator app shows.', example: '123456' })
  declare code: string;
}

/**
 * The answer to MFA_SETUP: the first code of an authenticator app, or an e-mail address that receives codes.
 *
 * @publicApi
 */
export class MfaSetupAnswerDto {
  @TextField(TOTP_CODE, {
    description: 'The code that the authenticator app shows. Required without `email`.',
    example: '123456',
    optional: (answer) => 'email' in answer,
    inExample: true,
  })
  declare code?: string;

  @TextField(DEVICE_NAME, {
    description: 'The name of the app, which later challenges show.',
    example: "Ada's phone",
    optional: true,
  })
  declare deviceName?: string;

  @TextField(EMAIL, {
    description: 'The address that receives codes, instead of an app.',
    example: 'ada@example.com',
    optional: true,
  })
  declare email?: string;
}

/**
 * The answer to SELECT_CHALLENGE.
 *
 * @publicApi
 */
export class SelectChallengeAnswerDto {
  @ChoiceField(FIRST_FACTORS, { description: 'The factor to sign in with.', example: 'EMAIL_OTP' })
  declare factor: FirstFactor;

  @TextField(PASSWORD, {
    description: 'The password. Required for PASSWORD and PASSWORD_SRP.',
    example: 'Correct-Horse-42',
    optional: (answer) => !('factor' in answer && (answer.factor === 'PASSWORD' || answer.factor === 'PASSWORD_SRP')),
  })
  declare password?: string;
}

/**
 * The answer to SELECT_MFA_TYPE.
 *
 * @publicApi
 */
export class SelectMfaTypeAnswerDto {
  @ChoiceField(MFA_TYPES, { description: 'The second factor to use.', example: 'SOFTWARE_TOKEN_MFA' })
  declare mfaType: MfaType;
}

/**
 * The answer to CUSTOM_CHALLENGE.
 *
 * @publicApi
 */
export class CustomAnswerDto {
  @TextField(CUSTOM_ANSWER, { description: 'The answer to the custom challenge.', example: 'blue' })
  declare answer: string;
}

/**
 * The answer to WEB_AUTHN.
 *
 * @publicApi
 */
export class PasskeyAnswerDto {
  @NestedField(() => CredentialAssertionDto, { description: 'The result of `navigator.credentials.get()`, as JSON.' })
  declare credential: CredentialAssertionDto;
}

/** Challenges that this package answers without the user, and the one that only administrators meet. */
type InternalChallengeName = 'ADMIN_NO_SRP_AUTH' | 'DEVICE_PASSWORD_VERIFIER' | 'DEVICE_SRP_AUTH' | 'PASSWORD_VERIFIER';

/**
 * Name of a challenge that the user answers.
 *
 * @publicApi
 */
export type AnswerableChallengeName = Exclude<ChallengeName, InternalChallengeName>;

/** The class of each challenge's answer. */
export const ANSWERS: Readonly<Record<AnswerableChallengeName, new () => object>> = {
  CUSTOM_CHALLENGE: CustomAnswerDto,
  EMAIL_OTP: CodeAnswerDto,
  MFA_SETUP: MfaSetupAnswerDto,
  NEW_PASSWORD_REQUIRED: NewPasswordAnswerDto,
  PASSWORD: PasswordAnswerDto,
  PASSWORD_SRP: PasswordAnswerDto,
  SELECT_CHALLENGE: SelectChallengeAnswerDto,
  SELECT_MFA_TYPE: SelectMfaTypeAnswerDto,
  SMS_MFA: CodeAnswerDto,
  SMS_OTP: CodeAnswerDto,
  SOFTWARE_TOKEN_MFA: SoftwareTokenAnswerDto,
  WEB_AUTHN: PasskeyAnswerDto,
};
