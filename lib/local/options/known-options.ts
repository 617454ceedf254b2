import type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalGroupOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from './local-cognito.options.js';

/** A type's members by name; one that is forgotten does not compile. */
type Members<Options> = Readonly<Record<keyof Options, true>>;

/** Members of `LocalCognitoOptions`. */
export const COGNITO_OPTIONS: Members<LocalCognitoOptions> = {
  port: true,
  host: true,
  pools: true,
  users: true,
  triggers: true,
  clock: true,
  random: true,
  dataDirectory: true,
  onMessage: true,
};

/** Members of `LocalPoolOptions`. */
export const POOL_OPTIONS: Members<LocalPoolOptions> = {
  name: true,
  id: true,
  clients: true,
  users: true,
  groups: true,
  triggers: true,
  keys: true,
  mfa: true,
  webAuthn: true,
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

/** Members of `LocalClientOptions`. */
export const CLIENT_OPTIONS: Members<LocalClientOptions> = {
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

/** Members of `LocalUserOptions`. */
export const USER_OPTIONS: Members<LocalUserOptions> = {
  username: true,
  password: true,
  attributes: true,
  groups: true,
  status: true,
  enabled: true,
};

/** Members of `LocalGroupOptions`. */
export const GROUP_OPTIONS: Members<LocalGroupOptions> = {
  name: true,
  description: true,
  precedence: true,
  roleArn: true,
};
