export { LocalCognito } from './local-cognito.js';
export type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalGroupOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from './local-cognito.options.js';
export { type LocalClient, type LocalModuleOptions, LocalPool, type LocalUser } from './local-pool.js';
export type { LocalMessage, MessageKind } from './model/message.js';
export type { Trigger, TriggerEvent, Triggers } from './model/triggers.js';
export { type MessageFilter, Outbox } from './outbox.js';
