import type { CustomSenderKey } from '../model/custom-sender-key.js';
import type { TriggerName } from '../model/triggers.js';
import type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalGroupOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from './local-cognito.options.js';
import type { LocalIdentityProviderOptions } from './local-identity-provider.options.js';

/** The names of an interface's options. A missing one does not compile. */
type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/** Names of `LocalCognitoOptions`. */
export const COGNITO_OPTIONS: OptionNames<LocalCognitoOptions> = {
  port: true,
  host: true,
  pools: true,
  users: true,
  triggers: true,
  functions: true,
  lambda: true,
  customSenderKey: true,
  clock: true,
  random: true,
  dataDirectory: true,
  tls: true,
  onLog: true,
  quotas: true,
  smtp: true,
  smtpFrom: true,
  onMessage: true,
  issuer: true,
  region: true,
  allowedOrigins: true,
  onWarning: true,
};

/** Names of `LocalPoolOptions`. */
export const POOL_OPTIONS: OptionNames<LocalPoolOptions> = {
  name: true,
  id: true,
  clients: true,
  users: true,
  groups: true,
  identityProviders: true,
  triggers: true,
  keys: true,
  mfa: true,
  webAuthn: true,
  domain: true,
  Policies: true,
  DeletionProtection: true,
  LambdaConfig: true,
  AutoVerifiedAttributes: true,
  AliasAttributes: true,
  UsernameAttributes: true,
  SmsVerificationMessage: true,
  EmailVerificationMessage: true,
  EmailVerificationSubject: true,
  VerificationMessageTemplate: true,
  SmsAuthenticationMessage: true,
  MfaConfiguration: true,
  UserAttributeUpdateSettings: true,
  DeviceConfiguration: true,
  EmailConfiguration: true,
  SmsConfiguration: true,
  UserPoolTags: true,
  AdminCreateUserConfig: true,
  Schema: true,
  UserPoolAddOns: true,
  DcrConfiguration: true,
  UsernameConfiguration: true,
  AccountRecoverySetting: true,
  UserPoolTier: true,
  KeyConfiguration: true,
  IssuerConfiguration: true,
  AcrConfiguration: true,
};

/** Names of `LocalClientOptions`. */
export const CLIENT_OPTIONS: OptionNames<LocalClientOptions> = {
  name: true,
  id: true,
  secret: true,
  RefreshTokenValidity: true,
  AccessTokenValidity: true,
  IdTokenValidity: true,
  TokenValidityUnits: true,
  ReadAttributes: true,
  WriteAttributes: true,
  ExplicitAuthFlows: true,
  SupportedIdentityProviders: true,
  CallbackURLs: true,
  LogoutURLs: true,
  DefaultRedirectURI: true,
  AllowedOAuthFlows: true,
  AllowedOAuthScopes: true,
  AllowedOAuthFlowsUserPoolClient: true,
  AnalyticsConfiguration: true,
  PreventUserExistenceErrors: true,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: true,
  RefreshTokenRotation: true,
};

/** Names of `LocalUserOptions`. */
export const USER_OPTIONS: OptionNames<LocalUserOptions> = {
  username: true,
  sub: true,
  password: true,
  attributes: true,
  groups: true,
  status: true,
  enabled: true,
};

/** Names of `LocalGroupOptions`. */
export const GROUP_OPTIONS: OptionNames<LocalGroupOptions> = {
  name: true,
  description: true,
  precedence: true,
  roleArn: true,
};

/** Names of the option `customSenderKey`. */
export const CUSTOM_SENDER_KEY_OPTIONS: OptionNames<CustomSenderKey> = { key: true, namespace: true, name: true };

/** Names of triggers. */
export const TRIGGER_NAMES: Readonly<Record<TriggerName, true>> = {
  preSignUp: true,
  postConfirmation: true,
  preAuthentication: true,
  postAuthentication: true,
  userMigration: true,
  defineAuthChallenge: true,
  createAuthChallenge: true,
  verifyAuthChallengeResponse: true,
  preTokenGeneration: true,
  preTokenGenerationV2: true,
  preTokenGenerationV3: true,
  customMessage: true,
  customEmailSender: true,
  customSmsSender: true,
  inboundFederation: true,
};

/** Names of the option `tls`. */
export const TLS_OPTIONS: OptionNames<NonNullable<LocalCognitoOptions['tls']>> = { key: true, cert: true };

/** Names of `LocalIdentityProviderOptions`. */
export const PROVIDER_OPTIONS: OptionNames<LocalIdentityProviderOptions> = {
  ProviderName: true,
  ProviderType: true,
  ProviderDetails: true,
  AttributeMapping: true,
  IdpIdentifiers: true,
};
