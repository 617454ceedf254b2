import { FIRST_FACTORS, MFA_TYPES, type ChallengeName, type FirstFactor, type MfaType } from '../protocol/challenge.js';

import { AttributesField } from './attributes-field.decorator.js';
import { CODE, CUSTOM_ANSWER, DEVICE_NAME, EMAIL, NEW_PASSWORD, PASSWORD, TOTP_CODE } from './constraints.js';
import { ChoiceField, TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';
import { CredentialAssertionDto } from './web-authn-credential.dto.js';

/** The answer to PASSWORD and PASSWORD_SRP. */
export class PasswordAnswerDto {
  @TextField(PASSWORD, { description: 'The password.', example: 'Correct-Horse-42' })
  declare password: string;
}

/** The answer to NEW_PASSWORD_REQUIRED. */
export class NewPasswordAnswerDto {
  @TextField(NEW_PASSWORD, { description: 'The password to set.', example: 'Correct-Horse-43' })
  declare password: string;

  @AttributesField({
    description: 'The required attributes that the user lacks.',
    example: { given_name: 'Ada' },
    optional: true,
  })
  declare attributes?: object;
}

/** The answer to EMAIL_OTP, SMS_OTP and SMS_MFA. */
export class CodeAnswerDto {
  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;
}

/** The answer to SOFTWARE_TOKEN_MFA. */
export class SoftwareTokenAnswerDto {
  @TextField(TOTP_CODE, { description: 'The code that the authenticator app shows.', example: '123456' })
  declare code: string;
}

/** The answer to MFA_SETUP: an authenticator app's first code, or an e-mail address for codes. */
export class MfaSetupAnswerDto {
  @TextField(TOTP_CODE, {
    description: 'The code that the authenticator app shows; needed unless `email` is given.',
    example: '123456',
    optional: (answer) => 'email' in answer,
  })
  declare code?: string;

  @TextField(DEVICE_NAME, { description: 'Shown in later challenges.', example: "Ada's phone", optional: true })
  declare deviceName?: string;

  @TextField(EMAIL, { description: 'Where codes shall be sent, instead of an app.', optional: true })
  declare email?: string;
}

/** The answer to SELECT_CHALLENGE. */
export class SelectChallengeAnswerDto {
  @ChoiceField(FIRST_FACTORS, { description: 'The factor to sign in with.', example: 'EMAIL_OTP' })
  declare factor: FirstFactor;

  @TextField(PASSWORD, {
    description: 'The password; needed for PASSWORD and PASSWORD_SRP.',
    optional: (answer) => !('factor' in answer && (answer.factor === 'PASSWORD' || answer.factor === 'PASSWORD_SRP')),
  })
  declare password?: string;
}

/** The answer to SELECT_MFA_TYPE. */
export class SelectMfaTypeAnswerDto {
  @ChoiceField(MFA_TYPES, { description: 'The second factor to use.', example: 'SOFTWARE_TOKEN_MFA' })
  declare mfaType: MfaType;
}

/** The answer to CUSTOM_CHALLENGE. */
export class CustomAnswerDto {
  @TextField(CUSTOM_ANSWER, { description: "What the pool's own challenge asks for." })
  declare answer: string;
}

/** The answer to WEB_AUTHN. */
export class PasskeyAnswerDto {
  @NestedField(() => CredentialAssertionDto, { description: '`navigator.credentials.get()`, as JSON.' })
  declare credential: CredentialAssertionDto;
}

/** The challenges that this package answers by itself, or only for privileged callers. */
type UnaskedChallengeName = 'ADMIN_NO_SRP_AUTH' | 'DEVICE_PASSWORD_VERIFIER' | 'DEVICE_SRP_AUTH' | 'PASSWORD_VERIFIER';

/** A challenge that only the user can answer. */
export type AnswerableChallengeName = Exclude<ChallengeName, UnaskedChallengeName>;

/** How each challenge is answered. A challenge that the SDK adds fails to compile here. */
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
