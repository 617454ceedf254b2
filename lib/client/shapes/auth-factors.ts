import { requireMember } from '../../protocol/protocol-error.js';

/** The factors that a user has. */
export interface AuthFactors {
  /** The internal username. */
  readonly username: string;
  /** What the user can sign in with: `PASSWORD`, `EMAIL_OTP`, `SMS_OTP`, `WEB_AUTHN`, `SOFTWARE_TOKEN`. */
  readonly configured: readonly string[];
  /** The second factors that are switched on. */
  readonly mfa: readonly string[];
  readonly preferredMfa?: string;
}

interface SdkAuthFactors {
  readonly Username: string | undefined;
  readonly ConfiguredUserAuthFactors?: readonly string[] | undefined;
  readonly UserMFASettingList?: readonly string[] | undefined;
  readonly PreferredMfaSetting?: string | undefined;
}

/** From the SDK's shape. */
export function readAuthFactors(answer: SdkAuthFactors): AuthFactors {
  return {
    username: requireMember('Username', answer.Username),
    configured: answer.ConfiguredUserAuthFactors ?? [],
    mfa: answer.UserMFASettingList ?? [],
    ...(answer.PreferredMfaSetting !== undefined && { preferredMfa: answer.PreferredMfaSetting }),
  };
}
