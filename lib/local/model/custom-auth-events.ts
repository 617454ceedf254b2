import type { CustomChallengeResult } from './challenge-session.js';
import type { MaybeUserRequest, TriggerEvent } from './trigger-event.js';

/**
 * DefineAuthChallenge_Authentication: decides the next step of CUSTOM_AUTH.
 *
 * @publicApi
 */
export type DefineAuthChallengeEvent = TriggerEvent<
  MaybeUserRequest & {
    /** The steps so far, oldest first. A sign-in with SRP begins with `SRP_A`. */
    session: CustomChallengeResult[];
  },
  {
    /** `CUSTOM_CHALLENGE`, or `PASSWORD_VERIFIER` right after `SRP_A`. */
    challengeName?: string | null;
    issueTokens: boolean;
    failAuthentication: boolean;
  }
>;

/**
 * CreateAuthChallenge_Authentication: creates a custom challenge.
 *
 * @publicApi
 */
export type CreateAuthChallengeEvent = TriggerEvent<
  MaybeUserRequest & { challengeName: string; session: CustomChallengeResult[] },
  {
    /** ChallengeParameters for the client. */
    publicChallengeParameters: Record<string, string>;
    /** Kept for VerifyAuthChallengeResponse. */
    privateChallengeParameters: Record<string, string>;
    /** Passed to the next DefineAuthChallenge. */
    challengeMetadata?: string | null;
  }
>;

/**
 * VerifyAuthChallengeResponse_Authentication: checks the answer to a custom challenge.
 *
 * @publicApi
 */
export type VerifyAuthChallengeResponseEvent = TriggerEvent<
  MaybeUserRequest & { privateChallengeParameters: Record<string, string>; challengeAnswer: string },
  { answerCorrect: boolean }
>;
