/** Whether a factor is on, and whether it is the one that is asked for. */
export interface FactorPreference {
  readonly enabled: boolean;
  /** At most one factor can be preferred. */
  readonly preferred?: boolean | undefined;
}

/** Second factors to be switched; those left out stay as they are. */
export interface FactorPreferences {
  readonly sms?: FactorPreference | undefined;
  readonly email?: FactorPreference | undefined;
  readonly softwareToken?: FactorPreference | undefined;
  /** Passkeys as second factor, where the pool allows it; cannot be preferred. */
  readonly passkey?: { readonly enabled: boolean } | undefined;
}

interface SdkFactorPreference {
  readonly Enabled: boolean;
  readonly PreferredMfa?: boolean;
}

/** In the SDK's shape, for SetUserMFAPreference and AdminSetUserMFAPreference. */
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
