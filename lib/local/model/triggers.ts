import type { PostAuthenticationEvent, PreAuthenticationEvent, UserMigrationEvent } from './authentication-events.js';
import type {
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  VerifyAuthChallengeResponseEvent,
} from './custom-auth-events.js';
import type { CustomMessageEvent, CustomSenderEvent } from './message-events.js';
import type { PreTokenGenerationEvent, PreTokenGenerationV2Event } from './token-generation-events.js';
import type { Trigger, TriggerEvent, UserRequest } from './trigger-event.js';

/** PreSignUp_SignUp, PreSignUp_AdminCreateUser, PreSignUp_ExternalProvider. */
export type PreSignUpEvent = TriggerEvent<
  UserRequest & { validationData?: Record<string, string> },
  { autoConfirmUser: boolean; autoVerifyEmail: boolean; autoVerifyPhone: boolean }
>;

/** PostConfirmation_ConfirmSignUp, PostConfirmation_ConfirmForgotPassword. */
export type PostConfirmationEvent = TriggerEvent<UserRequest, Record<string, never>>;

/** The triggers of a pool as plain functions, by the names that LambdaConfig has for them. */
export interface Triggers {
  preSignUp?: Trigger<PreSignUpEvent>;
  postConfirmation?: Trigger<PostConfirmationEvent>;
  preAuthentication?: Trigger<PreAuthenticationEvent>;
  postAuthentication?: Trigger<PostAuthenticationEvent>;
  userMigration?: Trigger<UserMigrationEvent>;
  defineAuthChallenge?: Trigger<DefineAuthChallengeEvent>;
  createAuthChallenge?: Trigger<CreateAuthChallengeEvent>;
  verifyAuthChallengeResponse?: Trigger<VerifyAuthChallengeResponseEvent>;
  /** Version 1. A pool has one version; of several the highest is run. */
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
