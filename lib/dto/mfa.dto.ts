import type { ChallengeOf } from '../protocol/challenge.js';

import { MfaSetupChallengeDto } from './challenge.dto.js';
import { DEVICE_NAME, TOTP_CODE } from './constraints.js';
import { FlagField, TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/**
 * The body that asks for the secret of an authenticator app inside a sign-in:
 * `cognito.mfa.associateSoftwareToken(body)`. Somebody who is signed in needs no body:
 * `cognito.mfa.associateSoftwareToken({ accessToken })`.
 */
export class AssociateSoftwareTokenDto {
  @NestedField(() => MfaSetupChallengeDto, { description: 'The challenge of the sign-in, as it was given.' })
  declare challenge: ChallengeOf<'MFA_SETUP'>;
}

/** The body with an authenticator app's first code: `cognito.mfa.verifySoftwareToken({ accessToken, ...body })`. */
export class VerifySoftwareTokenDto {
  @TextField(TOTP_CODE, { description: 'The code that the authenticator app shows.', example: '123456' })
  declare code: string;

  @TextField(DEVICE_NAME, { description: 'Shown in later challenges.', example: "Ada's phone", optional: true })
  declare deviceName?: string;
}

/** Whether a second factor is on. */
export class FactorSwitchDto {
  @FlagField({ description: 'Whether the factor is on.', example: true })
  declare enabled: boolean;
}

/** Whether a second factor is on, and whether it is the one that is asked for. */
export class FactorPreferenceDto extends FactorSwitchDto {
  @FlagField({ description: 'Whether it is the factor that is asked for; at most one.', optional: true })
  declare preferred?: boolean;
}

/**
 * The body that switches second factors: `cognito.mfa.setPreference({ accessToken, ...body })`. Those left out stay as
 * they are.
 */
export class MfaPreferenceDto {
  @NestedField(() => FactorPreferenceDto, { description: 'Codes by SMS.', optional: true })
  declare sms?: FactorPreferenceDto;

  @NestedField(() => FactorPreferenceDto, { description: 'Codes by e-mail.', optional: true })
  declare email?: FactorPreferenceDto;

  @NestedField(() => FactorPreferenceDto, { description: 'Codes of an authenticator app.', optional: true })
  declare softwareToken?: FactorPreferenceDto;

  @NestedField(() => FactorSwitchDto, { description: 'Passkeys, where the pool allows it.', optional: true })
  declare passkey?: FactorSwitchDto;
}
