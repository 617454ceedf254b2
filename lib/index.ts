// The module
export { MandateModule } from './module/mandate.module.js';
export type { MandateModuleAsyncOptions, MandateModuleExtras, MandateOptionsFactory } from './module/mandate.module.js';
export type { JsonWebKeySet } from './tokens/keys/json-web-key-set.js';
export type { TenantOptions, TenantsOption } from './tokens/tenants/tenants-option.js';
export type { MandateModuleOptions, MandateServiceOptions, MandateTokenOptions } from './module/options.js';
export type {
  OwnRevocation,
  RevocationByCheck,
  RevocationByCognito,
  RevocationByStore,
  RevocationOption,
} from './tokens/revocation/revocation-option.js';
export type { Tenants } from './tokens/tenants/tenants.js';
export {
  getCognitoAdminToken,
  getCognitoClientToken,
  getCognitoToken,
  getTokenRevokerToken,
  getTenantsToken,
  getTokenVerifierToken,
  InjectCognito,
  InjectCognitoAdmin,
  InjectCognitoClient,
  InjectTokenRevoker,
  InjectTenants,
  InjectTokenVerifier,
} from './module/injection-tokens.js';

// What users do
export { CognitoService } from './user/cognito.service.js';
export type { TokenSessionOptions } from './user/renewing-tokens.js';
export { TokenSession } from './user/token-session.js';
export type {
  ConfirmSignUpRequest,
  RegisterRequest,
  Registration,
  SignUpConfirmation,
  UsernameRequest,
} from './user/registration.flow.js';
export type { AuthenticateRequest, RespondOptions } from './sign-in/auth-requests.js';
export type { RenewalMethod, RenewedTokens, RenewTokensRequest } from './user/token-renewal.flow.js';
export type { RevokeTokenOptions } from './user/sign-out.flow.js';
export type { CheckedTokens, CheckTokenOptions } from './user/token-check.flow.js';
export type { ConfirmForgotPasswordRequest } from './user/password-recovery.flow.js';
export type { ChangePasswordRequest, UserAccount } from './user/user-account.js';
export {
  CognitoAttributes,
  type DeleteAttributesRequest,
  type SendVerificationRequest,
  type UpdateAttributesRequest,
  type ValidateVerificationRequest,
} from './user/user-attributes.js';
export {
  type AssociateSoftwareTokenRequest,
  CognitoMfa,
  type MfaPreference,
  type SoftwareTokenSetup,
  type VerifySoftwareTokenRequest,
} from './user/user-mfa.js';
export {
  CognitoDevices,
  type ConfirmDeviceRequest,
  type ConfirmedDevice,
  type DeviceRequest,
} from './user/user-devices.js';
export {
  CognitoPasskeys,
  type CompletePasskeyRequest,
  type Passkey,
  type PasskeyRequest,
} from './user/user-passkeys.js';
export { CognitoSessions, type RevokeSessionRequest } from './user/user-sessions.js';

// What administrators do
export { CognitoAdminService } from './admin/cognito-admin.service.js';
export type { AdminAuthenticateRequest, AdminRespondOptions } from './sign-in/auth-requests.js';
export { AdminDevices, type AdminDeviceRequest } from './admin/admin-devices.js';
export { AdminGroups, type GroupRequest, type MembershipRequest } from './admin/admin-groups.js';
export { AdminMfa, type AdminMfaPreference } from './admin/admin-mfa.js';
export { AdminSessions, type AdminRevokeSessionRequest } from './admin/admin-sessions.js';
export type { PageSize } from './admin/page-size.js';
export type { AdminUser, UserStatus } from './admin/admin-user.js';
export type {
  AdminUserRequest,
  CreateUserRequest,
  GetUsersRequest,
  SetPasswordRequest,
  UpdateUserRequest,
} from './admin/admin-users.js';
export type { SearchableName, UserFilter } from './admin/user-filter.js';
export type { UserGroup } from './admin/user-group.js';

// Sign-ins, challenges, attributes
export type {
  Authenticated,
  AuthenticationOutcome,
  Challenged,
  NewDevice,
  TokenSet,
} from './protocol/authentication-outcome.js';
export type {
  AnswerOf,
  Challenge,
  ChallengeAnswers,
  ChallengeDelivery,
  ChallengeName,
  ChallengeOf,
  ChallengeParameters,
  CodeAnswer,
  FirstFactor,
  MfaType,
  NoParameters,
  RememberedDevice,
  SrpChallengeParameters,
} from './protocol/challenge.js';
export type {
  CredentialAssertionJson,
  CredentialCreationOptionsJson,
  CredentialDescriptorJson,
  CredentialRegistrationJson,
  CredentialRequestOptionsJson,
} from './protocol/web-authn.js';
export { createClientKeyPair, type SrpClientKeyPair } from './protocol/srp/client.js';
export type {
  AdminPasswordSignIn,
  ChoiceSignIn,
  CustomSignIn,
  PasswordSignIn,
  SrpSignIn,
  UserSignIn,
} from './protocol/auth-flow.js';
export {
  type AttributeDefinition,
  type AttributeDefinitions,
  type AttributesOf,
  type CognitoAttributeName,
  defineAttributes,
} from './attributes/attribute-definitions.js';
export type {
  AttributeType,
  AttributeUpdates,
  PostalAddress,
  StandardAttributes,
  UserAttributes,
} from './attributes/user-attributes.js';
export type { AuthFactors } from './client/shapes/auth-factors.js';
export type {
  AdminCallContext,
  AdminContextData,
  AnalyticsMetadata,
  CallContext,
  UserContextData,
} from './client/shapes/call-context.js';
export type { CodeDelivery } from './client/shapes/code-delivery.js';
export { CognitoClient, type CognitoClientOptions } from './client/cognito-client.js';
export type { Device } from './client/shapes/device.js';
export type { FactorPreference, FactorPreferences } from './client/shapes/mfa-preference.js';
export type { OperationInput, OperationName, OperationOutput } from './client/operations.js';
export type { Page } from './client/pages.js';
export type { RetryOptions } from './client/retry-policy.js';
export type { UserSession } from './client/shapes/user-session.js';

// Guards and decorators
export { CognitoAuthGuard } from './auth/cognito-auth.guard.js';
export {
  CognitoJwtStrategy,
  type CognitoStrategy,
  cognitoStrategy,
  type CognitoStrategyClass,
  strategyName,
} from './auth/cognito-jwt.strategy.js';
export { CognitoExceptionFilter } from './auth/cognito-exception.filter.js';
export { AccessDeniedException } from './auth/responses/access-denied.exception.js';
export type { ErrorResponseBody, ErrorResponseHeaders } from './auth/responses/mandate-http.exception.js';
export { AccessToken } from './auth/decorators/access-token.decorator.js';
export { Auth, type AuthRequirements, type NameRequirements } from './auth/decorators/auth.decorator.js';
export { claimOf, CurrentUser } from './auth/decorators/current-user.decorator.js';
export type { ClaimName, ClaimOf, ClaimsOf } from './auth/decorators/claims-of.js';
export { Groups } from './auth/decorators/groups.decorator.js';
export { MaxAge } from './auth/decorators/max-age.decorator.js';
export { Pool } from './auth/decorators/pool.decorator.js';
export { Public, type PublicOptions } from './auth/decorators/public.decorator.js';
export { RequireAcr } from './auth/decorators/require-acr.decorator.js';
export { Scopes } from './auth/decorators/scopes.decorator.js';
export { TokenUse } from './auth/decorators/token-use.decorator.js';
export { bearerToken } from './auth/extractors/bearer-token.js';
export { cookieToken } from './auth/extractors/cookie-token.js';
export { DEFAULT_EXTRACTORS, extractToken } from './auth/extractors/find-token.js';
export { handshakeToken, payloadToken } from './auth/extractors/message-token.js';
export type { TokenExtractor } from './auth/extractors/token-extractor.js';
export { rememberHandshake, type RequestContext, type TokenSource, type Transport } from './auth/request-context.js';
export type { OnInvalidToken } from './auth/access/access-metadata.js';
export type { AccessPolicy } from './auth/access/access-policy.js';
export type { AccessRequirement } from './auth/access/access-requirements.js';
export { type Authentication, authenticationOf } from './auth/authentication.js';
export { type AuthPool, DEFAULT_POOL, type RegisteredPool, UserPools } from './auth/pools/user-pools.js';

// Tokens
export { TokenVerifier, type CustomCheck, type TokenVerifierOptions } from './tokens/token-verifier.js';
export {
  createTenantVerifier,
  type CreateTenantVerifierOptions,
  type TenantList,
} from './tokens/tenants/create-tenant-verifier.js';
export {
  type TenantLimits,
  type TenantResolver,
  TenantVerifier,
  type TenantVerifierOptions,
} from './tokens/tenants/tenant-verifier.js';
export { createPoolVerifier, type PoolVerifierOptions } from './tokens/pool-verifier.js';
export {
  type FetchedSigningKeysOptions,
  type FixedSigningKeysOptions,
  SigningKeys,
  type SigningKeysOptions,
  type SigningKeysStatus,
} from './tokens/keys/signing-keys.js';
export type { FetchTimes } from './tokens/keys/fetch-schedule.js';
export { type FetchJwks, KeySetRefusedError } from './tokens/keys/jwks-endpoint.js';
export { type VerifiedToken, VerifiedTokenCache } from './tokens/cache/verified-token-cache.js';
export {
  type AccessTokenClaims,
  type ClientCredentialsClaims,
  clientIdOf,
  type IdTokenClaims,
  isClientCredentials,
  type KnownClaimName,
  usernameOf,
  type VerifiedClaims,
} from './tokens/claims/token-claims.js';
export type { TokenExpectations, Verifier } from './tokens/verifier.js';
export type { RevocationCheck, OnUnavailable } from './tokens/revocation/revocation-check.js';
export { RevocationList, type RevocationListOptions } from './tokens/revocation/revocation-list.js';
export type { RevocableClaims, RevokeOptions, TokenRevoker } from './tokens/revocation/token-revoker.js';
export type { RevocationStore } from './tokens/revocation/revocation-store.js';
export type { TokenEvent, TokenObserver } from './tokens/token-events.js';

// Errors
export { MandateError } from './errors/mandate-error.js';
export { ERROR_STATUS, type MandateErrorCode } from './errors/error-codes.js';
export { MandateConfigurationError } from './errors/configuration-error.js';
export { MandateArgumentError } from './errors/argument-error.js';
export {
  CognitoCredentialsError,
  CognitoServiceError,
  CognitoUnavailableError,
} from './errors/cognito-service-error.js';
export type { CognitoExceptionName } from './errors/cognito-exceptions.js';
export {
  type RejectionDetails,
  SigningKeysUnavailableError,
  TokenRejectedError,
  type TokenRejectionCode,
} from './tokens/token-errors.js';
export { TenantsUnavailableError } from './tokens/tenants/tenant-errors.js';
export { RevocationCheckFailedError } from './tokens/revocation/revocation-check.js';
export { RevocationNotRecordedError } from './tokens/revocation/token-revoker.js';
export { UnexpectedAnswerError, UnsupportedChallengeError } from './protocol/protocol-error.js';
export { SrpProtocolError } from './protocol/srp/srp-error.js';

// Time
export type { Clock } from './time/clock.js';
