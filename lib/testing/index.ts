/**
 * For tests and development: the embedded Cognito, a module and a guard for tests, and an issuer of tokens.
 *
 * @module mandate/testing
 */

export { LocalCognito } from '../local/local-cognito.js';
export type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalGroupOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from '../local/options/local-cognito.options.js';
export type { LocalIdentityProviderOptions } from '../local/options/local-identity-provider.options.js';
export {
  type LocalClient,
  type LocalModuleOptions,
  type LocalOAuthOptions,
  LocalPool,
  type LocalTokenOptions,
  type LocalUser,
} from '../local/local-pool.js';
export type { TokenOverrides } from '../local/engine/tokens/token-overrides.js';
export type { KnownCaller } from './known-caller.js';
export { KnownCallerGuard } from './known-caller.guard.js';
export { MandateTestingModule } from './mandate-testing.module.js';
export type { CognitoOverrides, CompiledModule, OverridableModule } from './cognito-overrides.js';
export { overrideCognito } from './override-cognito.js';
export type { TestTokenOptions } from './test-claims.js';
export { type TestModuleOptions, TestTokenIssuer, type TestTokenIssuerOptions } from './test-token-issuer.js';
export type { LocalLogLine } from '../local/engine/log-line.js';
export type { LocalMessage, MessageKind } from '../local/model/message.js';
export type {
  PostAuthenticationEvent,
  PreAuthenticationEvent,
  UserMigrationEvent,
} from '../local/model/authentication-events.js';
export type { CustomChallengeResult } from '../local/model/challenge-session.js';
export type {
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  VerifyAuthChallengeResponseEvent,
} from '../local/model/custom-auth-events.js';
export type { CustomSenderKey } from '../local/model/custom-sender-key.js';
export type { CustomMessageEvent, CustomSenderEvent } from '../local/model/message-events.js';
export type {
  AccessTokenChanges,
  ClaimChanges,
  GroupConfiguration,
  PreTokenGenerationEvent,
  PreTokenGenerationV2Event,
} from '../local/model/token-generation-events.js';
export type { InboundFederationEvent } from '../local/model/federation-events.js';
export type { TriggerCallback, TriggerContext } from '../local/model/trigger-context.js';
export type { Trigger, TriggerEvent, TriggerTarget } from '../local/model/trigger-event.js';
export type { PostConfirmationEvent, PreSignUpEvent, Triggers } from '../local/model/triggers.js';
export { type MessageFilter, MessageTimeoutError, Outbox } from '../local/outbox.js';
export type { LocalFault, LocalFaultOptions } from '../local/steering/fault-options.js';
export type { Faults } from '../local/steering/faults.js';
export type { LocalClock } from '../local/steering/local-clock.js';
export type { LocalQuotas, RequestQuotas } from '../local/steering/request-quotas.js';
export type { QuotaCategory } from '../protocol/request-rate-quotas.js';
