/** A credential that a passkey sign-in accepts, as the browser takes it (WebAuthn level 3, section 5.8.3). */
export interface CredentialDescriptorJson {
  readonly id: string;
  readonly type: 'public-key';
  readonly transports?: readonly string[];
}

/** What `navigator.credentials.get()` takes, as JSON (PublicKeyCredentialRequestOptionsJSON, WebAuthn level 3 section 5.5). */
export interface CredentialRequestOptionsJson {
  readonly challenge: string;
  readonly timeout?: number;
  readonly rpId?: string;
  readonly allowCredentials?: readonly CredentialDescriptorJson[];
  readonly userVerification?: string;
}

/** What the browser answered to a sign-in, as JSON (AuthenticationResponseJSON, WebAuthn level 3 section 5.1). */
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

/** What `navigator.credentials.create()` takes, as JSON (PublicKeyCredentialCreationOptionsJSON, WebAuthn level 3 section 5.4). */
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

/** What the browser answered to a registration, as JSON (RegistrationResponseJSON, WebAuthn level 3 section 5.1). */
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
