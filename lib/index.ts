/**
 * The module, the guard with its decorators, and the services: sign-up, sign-in, tokens, administration, managed login.
 *
 * @module mandate
 */

// Registration
export { MandateModule } from './module/mandate.module.js';
export type { MandateModuleAsyncOptions, MandateModuleExtras, MandateOptionsFactory } from './module/mandate.module.js';
export type { TenantOptions, TenantsOption } from './tokens/tenants/tenants-option.js';
export type { MandateModuleOptions } from './module/options.js';
export type { RevocationOption } from './tokens/revocation/revocation-option.js';
export type { Tenants } from './tokens/tenants/tenants.js';
export {
  getCognitoAdminToken,
  getCognitoClientToken,
  getCognitoOAuthToken,
  getCognitoToken,
  getTokenRevokerToken,
  getTenantsToken,
  getTokenVerifierToken,
  InjectCognito,
  InjectCognitoAdmin,
  InjectCognitoClient,
  InjectCognitoOAuth,
  InjectTokenRevoker,
  InjectTenants,
  InjectTokenVerifier,
} from './module/injection-tokens.js';

// Users
export { CognitoService } from './user/cognito.service.js';
export type { TokenSessionOptions } from './user/renewing-tokens.js';
export type { TokenSessionCallbacks } from './user/session-callbacks.js';
export { TokenSession } from './user/token-session.js';
export type {
  ConfirmSignUpRequest,
  RegisterRequest,
  Registration,
  SignUpConfirmation,
  UsernameRequest,
} from './user/registration.flow.js';
export type { AuthenticateRequest, RespondOptions } from './sign-in/auth-requests.js';
export type { GuardCoverage } from './module/startup/guard-coverage.js';
export type { RenewalMethod, RenewedTokens, RenewTokensRequest } from './user/token-renewal.flow.js';
export type { RevokeTokenOptions } from './user/sign-out.flow.js';
export type { CheckedTokens, CheckTokenOptions } from './user/token-check.flow.js';
export type { ConfirmForgotPasswordRequest } from './user/password-recovery.flow.js';
export type { ChangePasswordRequest, UserAccount } from './user/user-account.flow.js';
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

// Managed login and OAuth 2.0
export { CognitoOAuthService, type RenewedLogin, type RevokeLoginOptions } from './oauth/cognito-oauth.service.js';
export type { ClientToken, ClientTokenOptions } from './oauth/client-token.js';
export type { LoginTransaction } from './oauth/login-transaction.js';
export type { ClientAuthentication, OAuthOptions } from './oauth/oauth-options.js';
export type { OAuthTenant } from './oauth/oauth-tenant.js';
export type {
  LoginPage,
  LoginPrompt,
  LogoutUrlOptions,
  StartedLogin,
  StartLoginOptions,
} from './oauth/start-login-options.js';
export type { UserInfo } from './oauth/user-info.js';

// Administrators
export { CognitoAdminService } from './admin/cognito-admin.service.js';
export type { AdminAuthenticateRequest, AdminRespondOptions } from './sign-in/auth-requests.js';
export { AdminAuthEvents, type AuthEventFeedback } from './admin/admin-auth-events.js';
export { AdminDevices, type AdminDeviceRequest } from './admin/admin-devices.js';
export {
  AdminFederation,
  type LinkedIdentity,
  type LinkRequest,
  type ProviderIdentity,
} from './admin/admin-federation.js';
export { AdminGroups, type GroupRequest, type MembershipRequest } from './admin/admin-groups.js';
export { AdminMfa, type AdminMfaPreference } from './admin/admin-mfa.js';
export { AdminSessions, type AdminRevokeSessionRequest } from './admin/admin-sessions.js';
export type { AdminUser, UserStatus } from './admin/admin-user-record.js';
export type {
  AdminUserRequest,
  CreateUserRequest,
  GetUsersRequest,
  ReinviteUserRequest,
  SetPasswordRequest,
  UpdateUserRequest,
} from './admin/admin-user-requests.js';
export { type ListPage, PagedList, type PageRequest, type PageSize } from './client/paged-list.js';
export type { AuthEvent } from './client/shapes/auth-event.js';
export type { UserFilter } from './admin/user-filter.js';
export type { UserGroup } from './admin/user-group.js';

// Sign-in, challenges, attributes
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
  FirstFactor,
  MfaType,
  RememberedDevice,
} from './protocol/challenge.js';
export type {
  CredentialAssertionJson,
  CredentialCreationOptionsJson,
  CredentialRegistrationJson,
  CredentialRequestOptionsJson,
} from './protocol/web-authn.js';
export { createClientKeyPair } from './protocol/srp/client.js';
export type { SrpClientKeyPair } from './protocol/srp/client-key-pair.js';
export { type AttributeDefinitions, type AttributesOf, defineAttributes } from './attributes/attribute-definitions.js';
export type { AttributeUpdates, PostalAddress, UserAttributes } from './attributes/user-attributes.js';
export type { AuthFactors } from './client/shapes/auth-factors.js';
export type { AdminCallContext, AdminContextData, CallContext, UserContextData } from './client/shapes/call-context.js';
export type { CodeDelivery } from './client/shapes/code-delivery.js';
export { CognitoClient } from './client/cognito-client.js';
export type { Device } from './client/shapes/device.js';
export type { OperationInput, OperationName, OperationOutput } from './client/operations.js';
export type { UserSession } from './client/shapes/user-session.js';

// Guard, strategy, filter and decorators
export { CognitoAuthGuard } from './auth/cognito-auth.guard.js';
export {
  CognitoJwtStrategy,
  type CognitoStrategy,
  cognitoStrategy,
  type CognitoStrategyClass,
  strategyName,
} from './auth/cognito-jwt.strategy.js';
export { CognitoExceptionFilter } from './auth/cognito-exception.filter.js';
export { ProblemDetailsFilter } from './auth/problem-details.filter.js';
export { ConnectionExpiry } from './auth/connections/connection-expiry.js';
export { AccessDeniedException } from './auth/responses/access-denied.exception.js';
export type { ErrorResponseBody } from './auth/responses/mandate-http.exception.js';
export { AccessToken } from './auth/decorators/access-token.decorator.js';
export { Auth, type AuthRequirements } from './auth/decorators/auth.decorator.js';
export { claimOf, Claims, CurrentUser } from './auth/decorators/current-user.decorator.js';
export type { ClaimName, ClaimOf, ClaimsOf } from './auth/decorators/claim-types.js';
export { Groups } from './auth/decorators/groups.decorator.js';
export { MaxAge } from './auth/decorators/max-age.decorator.js';
export { Pool } from './auth/decorators/pool.decorator.js';
export { Public, type PublicOptions } from './auth/decorators/public.decorator.js';
export { RequireAcr } from './auth/decorators/require-acr.decorator.js';
export { Scopes } from './auth/decorators/scopes.decorator.js';
export { TokenUse } from './auth/decorators/token-use.decorator.js';
export { bearerToken } from './auth/extractors/bearer-token.js';
export { cookieToken } from './auth/extractors/cookie-token.js';
export { DEFAULT_EXTRACTORS } from './auth/extractors/extract-token.js';
export { handshakeToken, payloadToken } from './auth/extractors/message-token.js';
export type { ExtractingPool, SessionReader, TokenExtractor } from './auth/extractors/token-extractor.js';
export { rememberHandshake, type RequestContext, type TokenSource } from './auth/request-context.js';
export type { UserLoader } from './auth/user-loader.js';
export type { AccessPolicy } from './auth/access/access-policy.js';
export { type Authentication, authenticationOf } from './auth/authentication.js';
export { type RegisteredPool, UserPools } from './auth/pools/user-pools.js';

// Tokens
export { TokenVerifier, type CustomCheck } from './tokens/token-verifier.js';
export type { JwksFetcher } from './tokens/keys/jwks-endpoint.js';
export type { SigningKeysStatus } from './tokens/keys/signing-keys.js';
export {
  type AccessTokenClaims,
  type ClientCredentialsClaims,
  clientIdOf,
  type IdTokenClaims,
  isClientCredentials,
  usernameOf,
  type VerifiedClaims,
} from './tokens/claims/token-claims.js';
export type { TokenExpectations } from './tokens/verifier.js';
export type { RevocationCheck, OnUnavailable } from './tokens/revocation/revocation-check.js';
export type { RevocableClaims, RevokeOptions, TokenRevoker } from './tokens/revocation/token-revoker.js';
export type { RevocationStore } from './tokens/revocation/revocation-store.js';
export type { TokenEvent, TokenObserver } from './tokens/token-events.js';
export type { ClaimMismatch } from './tokens/claim-mismatch.js';

// Errors
export { MandateError } from './errors/mandate-error.js';
export { ERROR_STATUS, type MandateErrorCode } from './errors/error-codes.js';
export { MandateConfigurationError } from './errors/configuration-error.js';
export type { FieldError } from './errors/field-error.js';
export { RequestInvalidError } from './errors/request-invalid-error.js';
export { MandateArgumentError } from './errors/argument-error.js';
export {
  CognitoCredentialsError,
  CognitoServiceError,
  CognitoUnavailableError,
} from './errors/cognito-service-error.js';
export { SigningKeysUnavailableError, TokenRejectedError, type TokenRejectionCode } from './tokens/token-errors.js';
export { TenantsUnavailableError } from './tokens/tenants/tenant-errors.js';
export { RevocationCheckFailedError } from './tokens/revocation/revocation-check.js';
export { RevocationNotRecordedError } from './tokens/revocation/token-revoker.js';
export { CognitoOAuthError } from './protocol/oauth/oauth-error.js';
export { UnexpectedAnswerError, UnsupportedChallengeError } from './protocol/protocol-error.js';
export { SrpProtocolError } from './protocol/srp/srp-error.js';

// Time
export type { Clock } from './time/clock.js';
