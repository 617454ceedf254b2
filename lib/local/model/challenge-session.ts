import type { AuthFlowType, ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { AuthMethod } from './sign-in.js';

/** A flow. Flows with several names are listed under one. */
export type SignInFlow = Exclude<AuthFlowType, 'ADMIN_NO_SRP_AUTH' | 'REFRESH_TOKEN'>;

/**
 * A step of CUSTOM_AUTH: an entry of `session` in the events of its triggers.
 *
 * @publicApi
 */
export interface CustomChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

/**
 * The state that a sign-in carries from one challenge to the next. Plain data; each flow or challenge adds its own
 * members.
 */
export interface AttemptState {
  /** The sign-in takes place on the pages of managed login, and must end by then (epoch milliseconds). */
  managedLogin?: { readonly expiresAt: number };
  /** The event of this sign-in in the history of its user. */
  authEventId?: string;
  /** DEVICE_KEY that the client sent. */
  deviceKey?: string;
  /** The temporary password has been replaced. */
  newPasswordSet?: true;
  /** The second factor has passed or is not required. */
  mfaDone?: true;
  /** The device has proven itself. */
  deviceDone?: true;
  /** The second factor is being set up: a correct answer turns it on. */
  settingUp?: true;
  /** DefineAuthChallenge has allowed the tokens. */
  customDone?: true;
  /** A one-time code that was sent as second factor, and the address that it verifies. */
  mfaCode?: { readonly code: string; readonly factor: 'SMS_MFA' | 'EMAIL_OTP'; readonly address?: string | undefined };
  /** The authenticator app that MFA_SETUP sets up. */
  softwareTokenSetup?: { readonly secret: string; verified: boolean };
  /** The factors that SELECT_CHALLENGE or SELECT_MFA_TYPE offered. */
  offered?: string[];
  /** CUSTOM_AUTH: the results so far, and the current challenge for VerifyAuthChallengeResponse. */
  custom?: {
    readonly results: CustomChallengeResult[];
    readonly privateParameters?: Record<string, string>;
    readonly metadata?: string;
  };
  /** A one-time code that was sent as first factor, and the address that it verifies. */
  firstFactorCode?: {
    readonly code: string;
    readonly channel: 'email' | 'phone_number';
    readonly address?: string | undefined;
  };
  /** The session belongs to a sign-up. `confirmed`: where its code was sent, once ConfirmSignUp has accepted it. */
  signUp?: { readonly confirmed?: 'email' | 'phone_number' };
  /** The methods by which the user has proven their identity so far. */
  methods?: AuthMethod[];
  /** The level of assurance that a step-up requires. */
  targetLevel?: number;
  /** WEB_AUTHN: the challenge to be signed, base64url. */
  webAuthnChallenge?: string;
}

/** A sign-in that waits for an answer. */
export interface ChallengeSession {
  /** The opaque value that the client sends back. */
  readonly token: string;
  readonly poolId: string;
  readonly clientId: string;
  /** The internal username. For an unknown user undefined, or the one that PASSWORD_VERIFIER made up. */
  readonly username?: string;
  /** The USERNAME that started the sign-in. Answers may use it too. */
  readonly typedName: string;
  readonly flow: SignInFlow;
  readonly challenge: ChallengeNameType;
  readonly state: AttemptState;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  spent: boolean;
}
