import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

/** A sign-in on the pages of managed login that waits for an answer. */
export interface PendingSignIn {
  /** The value that the form sends back. */
  readonly id: string;
  readonly clientId: string;
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
  /** When the whole sign-in must have ended, epoch milliseconds. */
  readonly expiresAt: number;
}
