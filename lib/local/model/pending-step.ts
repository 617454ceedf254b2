import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { AuthMethod } from './sign-in.js';

/** Something that a page of managed login waits for. */
export interface PendingStep {
  /** The value that the form sends back. */
  readonly id: string;
  readonly clientId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A sign-in that waits for the answer to a challenge. */
export interface PendingSignIn extends PendingStep {
  /** The username that the user typed. */
  readonly typedName: string;
  readonly challenge: ChallengeNameType;
  /** ChallengeParameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** AvailableChallenges. */
  readonly available: readonly ChallengeNameType[];
  /** Session of the challenge. */
  readonly session: string;
  /** The secret of an authenticator app that is being set up, base32. */
  readonly totpSecret?: string;
}

/** A user who waits for a code: to confirm a sign-up or to reset the password. */
export interface PendingAccount extends PendingStep {
  readonly purpose: 'sign-up' | 'forgot-password';
  readonly username: string;
  /** Where the code was sent, masked. */
  readonly destination?: string;
  /** How the user will have proven their identity, once the code of their own sign-up is right. */
  readonly methods?: readonly AuthMethod[];
}
