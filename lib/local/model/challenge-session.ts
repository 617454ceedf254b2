import type { AuthFlowType, ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { AuthMethod } from './auth-method.js';
import type { MfaFactor } from './user.js';
/** A flow under the one name that it has besides its aliases. */
export type SignInFlow = Exclude<AuthFlowType, 'ADMIN_NO_SRP_AUTH' | 'REFRESH_TOKEN'>;

/** One entry of what DefineAuthChallenge sees as `session`. */
export interface CustomChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

/**
 * What a sign-in remembers from one challenge to the next. Plain data. Each flow or challenge that needs more adds its
 * own optional member here.
 */
export interface AttemptState {
  /** DEVICE_KEY as the client sent it when it started. */
  deviceKey?: string;
  /** The first factor is proven and the password was not the temporary one, or has been replaced. */
  newPasswordSet?: true;
  /** The second factor is proven or not asked for. */
  mfaDone?: true;
  /** The device is proven. */
  deviceDone?: true;
  /** The second factor that was asked for. */
  secondFactor?: MfaFactor;
  /** The second factor is being set up: a right answer turns it on. */
  settingUp?: true;
  /** DefineAuthChallenge said that tokens may be issued. */
  customDone?: true;
  /** A one-time code that was sent for this step. */
  oneTimeCode?: { readonly code: string; readonly factor: 'SMS_MFA' | 'SMS_OTP' | 'EMAIL_OTP' };
  /** The TOTP secret of MFA_SETUP, until it is verified. */
  softwareTokenSetup?: { readonly secret: string; verified: boolean };
  /** The challenges that SELECT_CHALLENGE or SELECT_MFA_TYPE offered. */
  offered?: string[];
  /** CUSTOM_AUTH: what happened so far, and what Verify needs. */
  custom?: {
    readonly results: CustomChallengeResult[];
    readonly privateParameters?: Record<string, string>;
    readonly metadata?: string;
  };
  /** USER_AUTH: a one-time code in place of a password. */
  firstFactorCode?: { readonly code: string; readonly channel: 'email' | 'phone_number' };
  /** The session of SignUp; `confirmed` says where the code went, once ConfirmSignUp has taken it. */
  signUp?: { readonly confirmed?: 'email' | 'phone_number' };
  /** How the user has proven who they are so far. */
  methods?: AuthMethod[];
  /** The level of assurance that a step-up aims at. */
  targetLevel?: number;
  /** WEB_AUTHN: the challenge that must come back signed, base64url. */
  webAuthnChallenge?: string;
}

/** A step that waits for its answer. */
export interface ChallengeSession {
  /** The opaque text that the client sends back. */
  readonly token: string;
  readonly poolId: string;
  readonly clientId: string;
  /** The internal username; undefined for a user who does not exist, while the pool does not tell. */
  readonly username?: string;
  /** The name that USERNAME and SECRET_HASH may also use: what the client typed. */
  readonly typedName: string;
  readonly flow: SignInFlow;
  readonly admin: boolean;
  readonly challenge: ChallengeNameType;
  readonly state: AttemptState;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  spent: boolean;
}
