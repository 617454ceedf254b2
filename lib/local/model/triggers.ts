import type { PostAuthenticationEvent, PreAuthenticationEvent, UserMigrationEvent } from './authentication-events.js';
import type {
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  VerifyAuthChallengeResponseEvent,
} from './custom-auth-events.js';
import type { InboundFederationEvent } from './federation-events.js';
import type { CustomMessageEvent, CustomSenderEvent } from './message-events.js';
import type { PreTokenGenerationEvent, PreTokenGenerationV2Event } from './token-generation-events.js';
import type { TriggerEvent, TriggerTarget, UserRequest } from './trigger-event.js';

/**
 * PreSignUp_SignUp, PreSignUp_AdminCreateUser, PreSignUp_ExternalProvider: runs before a user is created.
 *
 * @publicApi
 */
export type PreSignUpEvent = TriggerEvent<
  // Null when the call has none. The types of AWS Lambda say undefined, and handlers that use them must fit.
  UserRequest & { validationData?: Record<string, string> | undefined },
  { autoConfirmUser: boolean; autoVerifyEmail: boolean; autoVerifyPhone: boolean }
>;

/**
 * PostConfirmation_ConfirmSignUp, PostConfirmation_ConfirmForgotPassword: runs after a user is confirmed.
 *
 * @publicApi
 */
export type PostConfirmationEvent = TriggerEvent<UserRequest, Record<string, never>>;

/**
 * The triggers of a pool, named as in LambdaConfig: functions, paths of modules, or ARNs.
 *
 * @publicApi
 */
export interface Triggers {
  preSignUp?: TriggerTarget<PreSignUpEvent>;
  postConfirmation?: TriggerTarget<PostConfirmationEvent>;
  preAuthentication?: TriggerTarget<PreAuthenticationEvent>;
  postAuthentication?: TriggerTarget<PostAuthenticationEvent>;
  userMigration?: TriggerTarget<UserMigrationEvent>;
  defineAuthChallenge?: TriggerTarget<DefineAuthChallengeEvent>;
  createAuthChallenge?: TriggerTarget<CreateAuthChallengeEvent>;
  verifyAuthChallengeResponse?: TriggerTarget<VerifyAuthChallengeResponseEvent>;
  /** Version 1. If a pool has several versions, only the highest runs. */
  preTokenGeneration?: TriggerTarget<PreTokenGenerationEvent>;
  preTokenGenerationV2?: TriggerTarget<PreTokenGenerationV2Event>;
  preTokenGenerationV3?: TriggerTarget<PreTokenGenerationV2Event>;
  customMessage?: TriggerTarget<CustomMessageEvent>;
  customEmailSender?: TriggerTarget<CustomSenderEvent>;
  customSmsSender?: TriggerTarget<CustomSenderEvent>;
  inboundFederation?: TriggerTarget<InboundFederationEvent>;
}

/** The name of a trigger. */
export type TriggerName = keyof Triggers;

type AnyFunction = (...parameters: never) => unknown;

/** The event of a trigger. */
export type EventOf<Name extends TriggerName> = Parameters<Extract<Triggers[Name], AnyFunction>>[0];
