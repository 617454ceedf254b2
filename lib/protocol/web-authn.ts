/**
 * A passkey that a sign-in accepts (PublicKeyCredentialDescriptorJSON, WebAuthn level 3 section 5.8.3).
 *
 * @publicApi
 */
export interface CredentialDescriptorJson {
  readonly id: string;
  readonly type: 'public-key';
  readonly transports?: readonly string[];
}

/**
 * The options of `navigator.credentials.get()` as JSON (PublicKeyCredentialRequestOptionsJSON, WebAuthn level 3
 * section 5.5).
 *
 * @publicApi
 */
export interface CredentialRequestOptionsJson {
  readonly challenge: string;
  readonly timeout?: number;
  readonly rpId?: string;
  readonly allowCredentials?: readonly CredentialDescriptorJson[];
  readonly userVerification?: string;
}

/**
 * The result of `navigator.credentials.get()` as JSON (AuthenticationResponseJSON, WebAuthn level 3 section 5.1).
 *
 * @publicApi
 */
export interface CredentialAssertionJson {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string | null | undefined;
  };
  readonly clientExtensionResults?: object | undefined;
  readonly authenticatorAttachment?: string | null | undefined;
}

/**
 * The options of `navigator.credentials.create()` as JSON (PublicKeyCredentialCreationOptionsJSON, WebAuthn level 3
 * section 5.4).
 *
 * @publicApi
 */
export interface CredentialCreationOptionsJson {
  readonly challenge: string;
  readonly rp: { readonly id?: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[];
  readonly timeout?: number;
  readonly excludeCredentials?: readonly CredentialDescriptorJson[];
  readonly authenticatorSelection?: {
    readonly requireResidentKey?: boolean;
    readonly residentKey?: string;
    readonly userVerification?: string;
    readonly authenticatorAttachment?: string;
  };
  readonly attestation?: string;
}

/**
 * The result of `navigator.credentials.create()` as JSON (RegistrationResponseJSON, WebAuthn level 3 section 5.1).
 *
 * @publicApi
 */
export interface CredentialRegistrationJson {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports?: readonly string[] | undefined;
    readonly authenticatorData?: string | undefined;
    readonly publicKey?: string | undefined;
    readonly publicKeyAlgorithm?: number | undefined;
  };
  readonly clientExtensionResults?: object | undefined;
  readonly authenticatorAttachment?: string | null | undefined;
}
