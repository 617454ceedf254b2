import type { UserStatusType } from '@aws-sdk/client-cognito-identity-provider';

import type { SrpVerifier } from '../../protocol/srp/server.js';
import type { Device } from './device.js';

/** A user's password, as a verifier only. */
export interface Credential {
  readonly verifier: SrpVerifier;
  /** Set by an administrator to be changed at the first sign-in. */
  readonly temporary: boolean;
  /** Epoch milliseconds. */
  readonly setAt: number;
}

/** What a confirmation code is for. At most one code of a kind is alive per user. */
export type CodePurpose = 'sign-up' | 'forgot-password' | 'verify-email' | 'verify-phone_number';

/** A code that was sent. */
export interface ConfirmationCode {
  readonly code: string;
  /** The attribute that it was sent to, so that a right answer can mark it as verified. */
  readonly attribute: 'email' | 'phone_number';
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** MFA factors as the API names them. */
export type MfaFactor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** Which factors a user turned on. */
export interface MfaPreference {
  enabled: MfaFactor[];
  preferred?: MfaFactor;
}

/** A TOTP authenticator. */
export interface SoftwareToken {
  /** Base32 without padding. */
  readonly secret: string;
  verified: boolean;
  friendlyName?: string;
  /** The time step of the last accepted code: each code works once. */
  lastStep?: number;
}

/** A registered passkey. */
export interface Passkey {
  /** Base64url. */
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  counter: number;
  readonly relyingPartyId: string;
  readonly friendlyName: string;
  readonly transports: string[];
  readonly attachment?: string;
  readonly createdAt: number;
}

/** A passkey registration that waits for the browser's answer. */
export interface PasskeyRegistration {
  /** Base64url. */
  readonly challenge: string;
  /** The app client that started it. */
  readonly clientId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Consecutive failures; see `engine/users/attempt-limits.ts`. */
export interface FailedAttempts {
  readonly count: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

/** A user. Plain data: it is written to disk as it is. */
export interface User {
  /** The internal username: what SRP hashes; the `sub` in pools where people sign in with an e-mail or phone. */
  readonly username: string;
  readonly sub: string;
  readonly createdAt: number;
  modifiedAt: number;
  enabled: boolean;
  status: UserStatusType;
  /** In the order in which they were set, `sub` first. Values are strings, as on the wire. */
  attributes: Record<string, string>;
  /** New e-mail or phone values that wait for their code. */
  pendingAttributes: Record<string, string>;
  credential?: Credential;
  /** Earlier passwords, newest first. */
  passwordHistory: SrpVerifier[];
  codes: Partial<Record<CodePurpose, ConfirmationCode>>;
  failedPasswords?: FailedAttempts;
  failedMfaCodes?: FailedAttempts;
  /** Times (epoch milliseconds) of counted attempts within the last hour, by operation. */
  attempts: Record<string, number[]>;
  mfa: MfaPreference;
  softwareToken?: SoftwareToken;
  /** The secret of an authenticator that AssociateSoftwareToken gave out; the one before counts until it is verified. */
  pendingSoftwareToken?: string;
  devices: Device[];
  passkeys: Passkey[];
  passkeyRegistration?: PasskeyRegistration;
  groups: string[];
}
