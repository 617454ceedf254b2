export { LocalCognito } from './local-cognito.js';
export type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalGroupOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from './local-cognito.options.js';
export { type LocalClient, type LocalModuleOptions, LocalPool, type LocalUser } from './local-pool.js';
export { MandateTestingModule } from './mandate-testing.module.js';
export type { LocalMessage, MessageKind } from './model/message.js';
export type {
  PostAuthenticationEvent,
  PreAuthenticationEvent,
  UserMigrationEvent,
} from './model/authentication-events.js';
export type { CustomChallengeResult } from './model/challenge-session.js';
export type {
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  VerifyAuthChallengeResponseEvent,
} from './model/custom-auth-events.js';
export type { CustomMessageEvent, CustomSenderEvent } from './model/message-events.js';
export type {
  AccessTokenChanges,
  ClaimChanges,
  GroupConfiguration,
  PreTokenGenerationEvent,
  PreTokenGenerationV2Event,
} from './model/token-generation-events.js';
export type { Trigger, TriggerEvent } from './model/trigger-event.js';
export type { PostConfirmationEvent, PreSignUpEvent, Triggers } from './model/triggers.js';
export { type MessageFilter, Outbox } from './outbox.js';
