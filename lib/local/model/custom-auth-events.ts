import type { CustomChallengeResult } from './challenge-session.js';
import type { MaybeUserRequest, TriggerEvent } from './trigger-event.js';

/** DefineAuthChallenge_Authentication: decides what comes next in CUSTOM_AUTH. */
export type DefineAuthChallengeEvent = TriggerEvent<
  MaybeUserRequest & {
    /** The steps so far, oldest first. A start with SRP begins with `SRP_A`. */
    session: CustomChallengeResult[];
  },
  {
    /** `CUSTOM_CHALLENGE`, or `PASSWORD_VERIFIER` right after `SRP_A`. */
    challengeName?: string | null;
    issueTokens: boolean;
    failAuthentication: boolean;
  }
>;

/** CreateAuthChallenge_Authentication: makes a challenge. */
export type CreateAuthChallengeEvent = TriggerEvent<
  MaybeUserRequest & { challengeName: string; session: CustomChallengeResult[] },
  {
    /** Sent to the client as ChallengeParameters. */
    publicChallengeParameters: Record<string, string>;
    /** Kept for VerifyAuthChallengeResponse. */
    privateChallengeParameters: Record<string, string>;
    /** Told to the next DefineAuthChallenge. */
    challengeMetadata?: string | null;
  }
>;

/** VerifyAuthChallengeResponse_Authentication: judges an answer. */
export type VerifyAuthChallengeResponseEvent = TriggerEvent<
  MaybeUserRequest & { privateChallengeParameters: Record<string, string>; challengeAnswer: string },
  { answerCorrect: boolean }
>;
