import type { UserAttributes } from '../attributes/user-attributes.js';
import type { SrpClientKeyPair } from './srp/client-key-pair.js';
import type { CredentialAssertionJson, CredentialRequestOptionsJson } from './web-authn.js';

/** The first factors of the choice-based flow USER_AUTH (AuthFactorType of InitiateAuth). */
export const FIRST_FACTORS = ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const;

/** The second factors that a user can choose or set up. */
export const MFA_TYPES = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const;

/**
 * A first factor of the choice-based flow USER_AUTH.
 *
 * @publicApi
 */
export type FirstFactor = (typeof FIRST_FACTORS)[number];

/**
 * A second factor that a user can choose or set up.
 *
 * @publicApi
 */
export type MfaType = (typeof MFA_TYPES)[number];

/**
 * Where Cognito sent a code.
 *
 * @publicApi
 */
export interface ChallengeDelivery {
  readonly medium?: 'EMAIL' | 'SMS';
  /** Masked by Cognito, for example `t***@e***`. */
  readonly destination?: string;
}

/**
 * The parameters of a challenge that has none.
 *
 * @publicApi
 */
export type NoParameters = Readonly<Record<string, never>>;

/**
 * The parameters of each challenge, parsed from ChallengeParameters.
 *
 * @publicApi
 */
export interface ChallengeParameters {
  ADMIN_NO_SRP_AUTH: NoParameters;
  /** The public parameters that the CreateAuthChallenge trigger returned. */
  CUSTOM_CHALLENGE: Readonly<Record<string, string>>;
  DEVICE_PASSWORD_VERIFIER: SrpChallengeParameters & { readonly deviceKey?: string };
  DEVICE_SRP_AUTH: { readonly deviceKey?: string };
  EMAIL_OTP: ChallengeDelivery;
  MFA_SETUP: { readonly choices: readonly MfaType[] };
  /** Attribute names without the prefix `userAttributes.`, and the values that Cognito has stored for the user. */
  NEW_PASSWORD_REQUIRED: {
    readonly requiredAttributes: readonly string[];
    readonly userAttributes: Readonly<Record<string, string>>;
  };
  PASSWORD: NoParameters;
  PASSWORD_SRP: NoParameters;
  PASSWORD_VERIFIER: SrpChallengeParameters & { readonly userId: string };
  SELECT_CHALLENGE: { readonly choices: readonly FirstFactor[] };
  SELECT_MFA_TYPE: { readonly choices: readonly MfaType[] };
  SMS_MFA: ChallengeDelivery;
  SMS_OTP: ChallengeDelivery;
  /** The name that the user gave the authenticator app at set-up. */
  SOFTWARE_TOKEN_MFA: { readonly deviceName?: string };
  /** For `navigator.credentials.get({ publicKey })` in the browser. */
  WEB_AUTHN: { readonly credentialRequestOptions: CredentialRequestOptionsJson };
}

/**
 * The challenges that this version supports. At run time any other is an `UnsupportedChallengeError`.
 *
 * The union is independent of the AWS SDK's, so that a new version of the SDK never breaks an exhaustive `switch`.
 *
 * @publicApi
 */
export type ChallengeName = keyof ChallengeParameters;

/**
 * The server's half of an SRP exchange.
 *
 * @publicApi
 */
export interface SrpChallengeParameters {
  /** Hexadecimal. */
  readonly salt: string;
  /** SRP_B, hexadecimal. */
  readonly serverPublic: string;
  /** Base64, opaque. */
  readonly secretBlock: string;
}

/**
 * A device that the pool remembers: what `devices.confirm` returned and the application stored.
 *
 * @publicApi
 */
export interface RememberedDevice {
  readonly key: string;
  readonly groupKey: string;
  /** The device's secret. Protect it like a second factor. */
  readonly password: string;
}

/**
 * A one-time code.
 *
 * @publicApi
 */
export interface CodeAnswer {
  readonly code: string;
}

/**
 * The answer that each challenge requires.
 *
 * @typeParam Attributes - the application's attributes; see `AttributesOf`.
 * @publicApi
 */
export interface ChallengeAnswers<Attributes extends object = UserAttributes> {
  ADMIN_NO_SRP_AUTH: { readonly password: string };
  CUSTOM_CHALLENGE: { readonly answer: string };
  /** Answered by this package when the sign-in names the device. Answering it yourself requires your own key pair. */
  DEVICE_PASSWORD_VERIFIER: { readonly device: RememberedDevice; readonly keyPair: SrpClientKeyPair };
  DEVICE_SRP_AUTH: { readonly device: RememberedDevice };
  EMAIL_OTP: CodeAnswer;
  /**
   * The first code of the authenticator app that `mfa.associateSoftwareToken(challenge)` set up, or the e-mail address
   * to send codes to.
   */
  MFA_SETUP: (CodeAnswer & { readonly deviceName?: string | undefined }) | { readonly email: string };
  /** Required attributes that the user lacks. Cognito refuses to change one that already has a value. */
  NEW_PASSWORD_REQUIRED: { readonly password: string; readonly attributes?: Partial<Attributes> | undefined };
  PASSWORD: { readonly password: string };
  PASSWORD_SRP: { readonly password: string };
  /** Answered by this package in a sign-in by SRP. Answering it yourself requires your own key pair. */
  PASSWORD_VERIFIER: { readonly password: string; readonly keyPair: SrpClientKeyPair };
  SELECT_CHALLENGE:
    | { readonly factor: 'PASSWORD' | 'PASSWORD_SRP'; readonly password: string }
    | { readonly factor: Exclude<FirstFactor, 'PASSWORD' | 'PASSWORD_SRP'> };
  SELECT_MFA_TYPE: { readonly mfaType: MfaType };
  SMS_MFA: CodeAnswer;
  SMS_OTP: CodeAnswer;
  SOFTWARE_TOKEN_MFA: CodeAnswer;
  /** What `navigator.credentials.get()` returned in the browser, as JSON. */
  WEB_AUTHN: { readonly credential: CredentialAssertionJson };
}

/**
 * One challenge by its name.
 *
 * @publicApi
 */
export interface ChallengeOf<Name extends ChallengeName> {
  readonly name: Name;
  /** The username to answer with: the one that Cognito returned, not the alias that the user typed. */
  readonly username: string;
  /** Single use, valid for a few minutes. As sensitive as a half-finished sign-in: send it to its own user only. */
  readonly session?: string;
  readonly parameters: ChallengeParameters[Name];
}

/**
 * What Cognito requires before it returns tokens. Narrow by `name`.
 *
 * Plain JSON: it can be sent to the browser or stored, and answered in another request on another instance.
 *
 * @publicApi
 */
export type Challenge = { [Name in ChallengeName]: ChallengeOf<Name> }[ChallengeName];

/**
 * The answer that a challenge requires.
 *
 * @typeParam Attributes - the application's attributes; see `AttributesOf`.
 * @publicApi
 */
export type AnswerOf<
  C extends Challenge,
  Attributes extends object = UserAttributes,
> = ChallengeAnswers<Attributes>[C['name']];
