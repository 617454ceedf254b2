/**
 * The settings of one second factor.
 *
 * @publicApi
 */
export interface FactorPreference {
  readonly enabled: boolean;
  /** Whether Cognito requires this factor rather than offer a choice. At most one factor can be preferred. */
  readonly preferred?: boolean | undefined;
}

/**
 * The settings of second factors. Omitted factors do not change.
 *
 * @publicApi
 */
export interface FactorPreferences {
  readonly sms?: FactorPreference | undefined;
  readonly email?: FactorPreference | undefined;
  readonly softwareToken?: FactorPreference | undefined;
  /** Passkeys as second factor, where the pool allows them. They cannot be preferred. */
  readonly passkey?: { readonly enabled: boolean } | undefined;
}

interface SdkFactorPreference {
  readonly Enabled: boolean;
  readonly PreferredMfa?: boolean;
}

/** The input members of SetUserMFAPreference and AdminSetUserMFAPreference. */
export function sdkPreferences({ sms, email, softwareToken, passkey }: FactorPreferences): {
  SMSMfaSettings: SdkFactorPreference | undefined;
  EmailMfaSettings: SdkFactorPreference | undefined;
  SoftwareTokenMfaSettings: SdkFactorPreference | undefined;
  WebAuthnMfaSettings: { Enabled: boolean } | undefined;
} {
  return {
    SMSMfaSettings: sms && sdkPreference(sms),
    EmailMfaSettings: email && sdkPreference(email),
    SoftwareTokenMfaSettings: softwareToken && sdkPreference(softwareToken),
    WebAuthnMfaSettings: passkey && { Enabled: passkey.enabled },
  };
}

function sdkPreference({ enabled, preferred }: FactorPreference): SdkFactorPreference {
  return { Enabled: enabled, ...(preferred !== undefined && { PreferredMfa: preferred }) };
}
