import type { ChallengeOf } from '../protocol/challenge.js';

import { MfaSetupChallengeDto } from './challenge.dto.js';
import { DEVICE_NAME, TOTP_CODE } from './constraints.js';
import { FlagField, TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/**
 * Body of a request for the secret of an authenticator app during a sign-in:
 * `cognito.mfa.associateSoftwareToken(body)`. A user who is signed in needs no body:
 * `cognito.mfa.associateSoftwareToken({ accessToken })`.
 *
 * @publicApi
 */
export class AssociateSoftwareTokenDto {
  @NestedField(() => MfaSetupChallengeDto, { description: 'The challenge, as the previous step returned it.' })
  declare challenge: ChallengeOf<'MFA_SETUP'>;
}

/**
 * Body with the first code of an authenticator app: `cognito.mfa.verifySoftwareToken({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class VerifySoftwareTokenDto {
  @TextField(TOTP_CODE, { description: 'The code that the authenticator app shows.', example: '123456' })
  declare code: string;

  @TextField(DEVICE_NAME, {
    description: 'The name of the app, which later challenges show.',
    example: "Ada's phone",
    optional: true,
  })
  declare deviceName?: string;
}

/**
 * Whether a second factor is on.
 *
 * @publicApi
 */
export class FactorSwitchDto {
  @FlagField({ description: 'Whether the factor is on.', example: true })
  declare enabled: boolean;
}

/**
 * Whether a second factor is on, and whether it is the preferred one.
 *
 * @publicApi
 */
export class FactorPreferenceDto extends FactorSwitchDto {
  @FlagField({
    description: 'Whether the factor is the preferred one. At most one is.',
    example: true,
    optional: true,
    inExample: true,
  })
  declare preferred?: boolean;
}

/**
 * Body of a request that turns second factors on or off: `cognito.mfa.setPreference({ accessToken, ...body })`. Omitted
 * factors do not change.
 *
 * @publicApi
 */
export class MfaPreferenceDto {
  @NestedField(() => FactorPreferenceDto, { description: 'Codes by SMS.', optional: true })
  declare sms?: FactorPreferenceDto;

  @NestedField(() => FactorPreferenceDto, { description: 'Codes by e-mail.', optional: true })
  declare email?: FactorPreferenceDto;

  @NestedField(() => FactorPreferenceDto, {
    description: 'Codes from an authenticator app.',
    optional: true,
    inExample: true,
  })
  declare softwareToken?: FactorPreferenceDto;

  @NestedField(() => FactorSwitchDto, {
    description: 'Passkeys, if the pool allows them as a second factor.',
    optional: true,
  })
  declare passkey?: FactorSwitchDto;
}
