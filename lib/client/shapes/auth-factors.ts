import { requireMember } from '../../protocol/protocol-error.js';

/**
 * The factors of a user (GetUserAuthFactors).
 *
 * @publicApi
 */
export interface AuthFactors {
  /** The internal username. */
  readonly username: string;
  /** The factors that the user has set up: `PASSWORD`, `EMAIL_OTP`, `SMS_OTP`, `WEB_AUTHN`, `SOFTWARE_TOKEN`. */
  readonly configured: readonly string[];
  /** The second factors that are enabled. */
  readonly mfa: readonly string[];
  readonly preferredMfa?: string;
}

interface SdkAuthFactors {
  readonly Username: string | undefined;
  readonly ConfiguredUserAuthFactors?: readonly string[] | undefined;
  readonly UserMFASettingList?: readonly string[] | undefined;
  readonly PreferredMfaSetting?: string | undefined;
}

/** Translates the output of GetUserAuthFactors and AdminGetUserAuthFactors. */
export function readAuthFactors(answer: SdkAuthFactors): AuthFactors {
  return {
    username: requireMember('Username', answer.Username),
    configured: answer.ConfiguredUserAuthFactors ?? [],
    mfa: answer.UserMFASettingList ?? [],
    ...(answer.PreferredMfaSetting !== undefined && { preferredMfa: answer.PreferredMfaSetting }),
  };
}
