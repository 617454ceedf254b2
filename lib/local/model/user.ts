import type { UserStatusType } from '@aws-sdk/client-cognito-identity-provider';

import type { MfaType } from '../../protocol/challenge.js';
import type { SrpVerifier } from '../../protocol/srp/server.js';
import type { LinkedIdentity } from './identity-provider.js';
import type { ImportedPassword } from './user-import-job.js';

/** A user's password, stored as an SRP verifier. */
export interface Credential {
  readonly verifier: SrpVerifier;
  /** Whether it must be changed at the first sign-in. */
  readonly temporary: boolean;
  /** Epoch milliseconds. */
  readonly setAt: number;
}

/** Purpose of a confirmation code. A user has at most one valid code per purpose. */
export type CodePurpose = 'sign-up' | 'forgot-password' | 'verify-email' | 'verify-phone_number';

/** A confirmation code that was sent. */
export interface ConfirmationCode {
  readonly code: string;
  /** The attribute that it was sent to. A correct answer verifies it. */
  readonly attribute: 'email' | 'phone_number';
  /** The address that it was sent to: it counts for no other. Absent in codes that an earlier version kept. */
  readonly address?: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A second factor. */
export type MfaFactor = MfaType;

/** The second factors that a user turned on. */
export interface MfaPreference {
  enabled: MfaFactor[];
  preferred?: MfaFactor;
}

/** An authenticator app (TOTP, RFC 6238). */
export interface SoftwareToken {
  /** Base32 without padding. */
  readonly secret: string;
  verified: boolean;
  friendlyName?: string;
  /** Time step of the last accepted code: codes are single-use. */
  lastStep?: number;
}

/** A registered passkey. */
export interface Passkey {
  /** Base64url. */
  readonly credentialId: string;
  /** COSE key (RFC 9052), base64url. */
  readonly publicKey: string;
  counter: number;
  readonly relyingPartyId: string;
  readonly friendlyName: string;
  readonly transports: string[];
  readonly attachment?: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A passkey registration in progress. */
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
  /** Epoch milliseconds. */
  readonly lastAt: number;
  /** Epoch milliseconds. */
  readonly lockedUntil: number;
}

/** A device that signed in. Until ConfirmDevice sets its verifier, only its key is reserved. */
export interface Device {
  readonly key: string;
  readonly groupKey: string;
  name?: string;
  verifier?: SrpVerifier;
  remembered: boolean;
  lastIp: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
  /** Epoch milliseconds. */
  authenticatedAt: number;
}

/** A user. Plain data that is written to disk unchanged. */
export interface User {
  /** The internal username, which SRP hashes: the `sub` in pools whose users sign in with an e-mail address or phone number. */
  readonly username: string;
  readonly sub: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
  enabled: boolean;
  status: UserStatusType;
  /** In the order in which they were set, `sub` first. */
  attributes: Record<string, string>;
  /** New e-mail addresses or phone numbers that await verification. */
  pendingAttributes: Record<string, string>;
  credential?: Credential;
  /** Until the first sign-in with it, in place of `credential`. */
  importedPassword?: ImportedPassword;
  /** Previous passwords, newest first. */
  passwordHistory: SrpVerifier[];
  codes: Partial<Record<CodePurpose, ConfirmationCode>>;
  failedPasswords?: FailedAttempts;
  failedMfaCodes?: FailedAttempts;
  /** Times of rate-limited calls within the last hour, epoch milliseconds, by operation. */
  attempts: Record<string, number[]>;
  mfa: MfaPreference;
  softwareToken?: SoftwareToken;
  /** Secret that AssociateSoftwareToken issued. The previous authenticator stays in use until this one is verified. */
  pendingSoftwareToken?: string;
  devices: Device[];
  passkeys: Passkey[];
  passkeyRegistration?: PasskeyRegistration;
  groups: string[]; /** Identities at identity providers. Absent for a user who never had one. */
  identities?: LinkedIdentity[];
}
