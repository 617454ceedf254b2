import type { PostAuthenticationEvent, PreAuthenticationEvent, UserMigrationEvent } from './authentication-events.js';
import type {
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  VerifyAuthChallengeResponseEvent,
} from './custom-auth-events.js';
import type { CustomMessageEvent, CustomSenderEvent } from './message-events.js';
import type { PreTokenGenerationEvent, PreTokenGenerationV2Event } from './token-generation-events.js';
import type { Trigger, TriggerEvent, UserRequest } from './trigger-event.js';

/**
 * PreSignUp_SignUp, PreSignUp_AdminCreateUser, PreSignUp_ExternalProvider: runs before a user is created.
 *
 * @publicApi
 */
export type PreSignUpEvent = TriggerEvent<
  Pick<UserRequest, 'userAttributes'> & {
    /** Null when the call has none. */
    validationData: Record<string, string> | null;
    /** Null when the call has none. */
    clientMetadata: Record<string, string> | null;
  },
  { autoConfirmUser: boolean; autoVerifyEmail: boolean; autoVerifyPhone: boolean }
>;

/**
 * PostConfirmation_ConfirmSignUp, PostConfirmation_ConfirmForgotPassword: runs after a user is confirmed.
 *
 * @publicApi
 */
export type PostConfirmationEvent = TriggerEvent<UserRequest, Record<string, never>>;

/**
 * The triggers of a pool as plain functions, named as in LambdaConfig.
 *
 * @publicApi
 */
export interface Triggers {
  preSignUp?: Trigger<PreSignUpEvent>;
  postConfirmation?: Trigger<PostConfirmationEvent>;
  preAuthentication?: Trigger<PreAuthenticationEvent>;
  postAuthentication?: Trigger<PostAuthenticationEvent>;
  userMigration?: Trigger<UserMigrationEvent>;
  defineAuthChallenge?: Trigger<DefineAuthChallengeEvent>;
  createAuthChallenge?: Trigger<CreateAuthChallengeEvent>;
  verifyAuthChallengeResponse?: Trigger<VerifyAuthChallengeResponseEvent>;
  /** Version 1. If a pool has several versions, only the highest runs. */
  preTokenGeneration?: Trigger<PreTokenGenerationEvent>;
  preTokenGenerationV2?: Trigger<PreTokenGenerationV2Event>;
  preTokenGenerationV3?: Trigger<PreTokenGenerationV2Event>;
  customMessage?: Trigger<CustomMessageEvent>;
  customEmailSender?: Trigger<CustomSenderEvent>;
  customSmsSender?: Trigger<CustomSenderEvent>;
}

/** The name of a trigger. */
export type TriggerName = keyof Triggers;

/** The event of a trigger. */
export type EventOf<Name extends TriggerName> = Parameters<NonNullable<Triggers[Name]>>[0];
