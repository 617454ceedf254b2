import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { CredentialAssertionJson, CredentialRequestOptionsJson } from './web-authn.js';
import type { SrpClientKeyPair } from './srp/client.js';

/** Every challenge that Cognito can pose. */
export type ChallengeName = ChallengeNameType;

/** A second factor that can be chosen or set up. */
export type MfaType = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** A first factor of the choice-based flow USER_AUTH. */
export type FirstFactor = 'PASSWORD' | 'PASSWORD_SRP' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/** Where a code went; the destination is masked by Cognito. */
export interface ChallengeDelivery {
  readonly medium?: 'EMAIL' | 'SMS';
  readonly destination?: string;
}

/** The challenge says nothing about itself. */
export type NoParameters = Readonly<Record<string, never>>;

/** What a challenge says about itself, parsed. */
export interface ChallengeParameters {
  ADMIN_NO_SRP_AUTH: NoParameters;
  /** The public parameters that the CreateAuthChallenge trigger gave. */
  CUSTOM_CHALLENGE: Readonly<Record<string, string>>;
  DEVICE_PASSWORD_VERIFIER: SrpChallengeParameters & { readonly deviceKey?: string };
  DEVICE_SRP_AUTH: { readonly deviceKey?: string };
  EMAIL_OTP: ChallengeDelivery;
  MFA_SETUP: { readonly choices: readonly MfaType[] };
  /** Names without the prefix `userAttributes.`; the values that the user has, as Cognito stores them. */
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
  /** The name that the user gave the authenticator app when it was set up. */
  SOFTWARE_TOKEN_MFA: { readonly deviceName?: string };
  /** To be given to `navigator.credentials.get({ publicKey })` in the browser. */
  WEB_AUTHN: { readonly credentialRequestOptions: CredentialRequestOptionsJson };
}

/** The server's half of an SRP exchange. */
export interface SrpChallengeParameters {
  /** Hexadecimal. */
  readonly salt: string;
  /** SRP_B, hexadecimal. */
  readonly serverPublic: string;
  /** Base64, opaque. */
  readonly secretBlock: string;
}

/** A device that the pool remembers: what `devices.confirm` returned and the application stored. */
export interface RememberedDevice {
  readonly key: string;
  readonly groupKey: string;
  /** The device's secret; as precious as a second factor. */
  readonly password: string;
}

/** A one-time code. */
export interface CodeAnswer {
  readonly code: string;
}

/** What each challenge wants to be answered. */
export interface ChallengeAnswers {
  ADMIN_NO_SRP_AUTH: { readonly password: string };
  CUSTOM_CHALLENGE: { readonly answer: string };
  /** Answered by this package inside a sign-in with a device; with a key pair of one's own, by anybody. */
  DEVICE_PASSWORD_VERIFIER: { readonly device: RememberedDevice; readonly keyPair: SrpClientKeyPair };
  DEVICE_SRP_AUTH: { readonly device: RememberedDevice };
  EMAIL_OTP: CodeAnswer;
  /** A code of the authenticator app that `mfa.associateSoftwareToken(challenge)` set up, or the e-mail address to use. */
  MFA_SETUP: (CodeAnswer & { readonly deviceName?: string | undefined }) | { readonly email: string };
  /** Required attributes that the user lacks; Cognito refuses to change required ones that already have a value. */
  NEW_PASSWORD_REQUIRED: { readonly password: string; readonly attributes?: object | undefined };
  PASSWORD: { readonly password: string };
  PASSWORD_SRP: { readonly password: string };
  /** Answered by this package inside a sign-in by SRP; with a key pair of one's own, by anybody. */
  PASSWORD_VERIFIER: { readonly password: string; readonly keyPair: SrpClientKeyPair };
  SELECT_CHALLENGE:
    | { readonly factor: 'PASSWORD' | 'PASSWORD_SRP'; readonly password: string }
    | { readonly factor: 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN' };
  SELECT_MFA_TYPE: { readonly mfaType: MfaType };
  SMS_MFA: CodeAnswer;
  SMS_OTP: CodeAnswer;
  SOFTWARE_TOKEN_MFA: CodeAnswer;
  /** What the browser's `navigator.credentials.get()` gave, as JSON. */
  WEB_AUTHN: { readonly credential: CredentialAssertionJson };
}

/** One challenge by its name. */
export interface ChallengeOf<Name extends ChallengeName> {
  readonly name: Name;
  /** The name to answer with: the one that Cognito returned, not the alias that the user typed. */
  readonly username: string;
  /** Single use, a few minutes long. As secret as a half-finished sign-in: send it only to the user it belongs to. */
  readonly session?: string;
  readonly parameters: ChallengeParameters[Name];
}

/**
 * What Cognito wants to know before it gives tokens. Plain JSON: it can be sent to the browser or stored, and be
 * answered in another request on another instance. Narrow by `name`.
 */
export type Challenge = { [Name in ChallengeName]: ChallengeOf<Name> }[ChallengeName];

/** The answer that belongs to a challenge. */
export type AnswerOf<C extends Challenge> = C extends Challenge ? ChallengeAnswers[C['name']] : never;
