import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';

import type { MandateErrorCode } from './error-codes.js';

/** The names of all exceptions that the SDK models; a new one in the SDK fails to compile here. */
export type CognitoExceptionName = Exclude<
  Extract<keyof typeof Sdk, `${string}Exception`>,
  'CognitoIdentityProviderServiceException'
>;

/** One code for each exception of the service. NotAuthorizedException is told apart further by its message. */
export const EXCEPTION_CODES: Readonly<Record<CognitoExceptionName, MandateErrorCode>> = {
  AccessDeniedException: 'AWS_ACCESS_DENIED',
  AliasExistsException: 'ALIAS_EXISTS',
  CodeDeliveryFailureException: 'CODE_DELIVERY_FAILED',
  CodeMismatchException: 'CODE_MISMATCH',
  ConcurrentModificationException: 'CONFLICT',
  DeviceKeyExistsException: 'DEVICE_KEY_EXISTS',
  DuplicateProviderException: 'PROVIDER_EXISTS',
  EnableSoftwareTokenMFAException: 'SOFTWARE_TOKEN_NOT_ENABLED',
  ExpiredCodeException: 'CODE_EXPIRED',
  FeatureUnavailableInTierException: 'FEATURE_UNAVAILABLE',
  ForbiddenException: 'REQUEST_FORBIDDEN',
  GroupExistsException: 'GROUP_EXISTS',
  InternalErrorException: 'SERVICE_FAULT',
  InternalServerException: 'SERVICE_FAULT',
  InvalidEmailRoleAccessPolicyException: 'POOL_CONFIGURATION_INVALID',
  InvalidLambdaResponseException: 'TRIGGER_FAILED',
  InvalidOAuthFlowException: 'OAUTH_FLOW_INVALID',
  InvalidParameterException: 'PARAMETER_INVALID',
  InvalidPasswordException: 'PASSWORD_INVALID',
  InvalidSmsRoleAccessPolicyException: 'POOL_CONFIGURATION_INVALID',
  InvalidSmsRoleTrustRelationshipException: 'POOL_CONFIGURATION_INVALID',
  InvalidUserPoolConfigurationException: 'POOL_CONFIGURATION_INVALID',
  LimitExceededException: 'LIMIT_EXCEEDED',
  MFAMethodNotFoundException: 'MFA_METHOD_NOT_FOUND',
  ManagedLoginBrandingExistsException: 'BRANDING_EXISTS',
  NotAuthorizedException: 'NOT_AUTHORIZED',
  OperationNotEnabledException: 'OPERATION_UNSUPPORTED',
  PasswordHistoryPolicyViolationException: 'PASSWORD_REUSED',
  PasswordResetRequiredException: 'PASSWORD_RESET_REQUIRED',
  PreconditionNotMetException: 'PRECONDITION_NOT_MET',
  RefreshTokenReuseException: 'REFRESH_TOKEN_REUSED',
  ResourceNotFoundException: 'RESOURCE_NOT_FOUND',
  ScopeDoesNotExistException: 'SCOPE_NOT_FOUND',
  ServiceQuotaExceededException: 'SERVICE_QUOTA_EXCEEDED',
  SoftwareTokenMFANotFoundException: 'SOFTWARE_TOKEN_NOT_FOUND',
  TermsExistsException: 'TERMS_EXIST',
  TierChangeNotAllowedException: 'FEATURE_UNAVAILABLE',
  TooManyFailedAttemptsException: 'ATTEMPTS_EXCEEDED',
  TooManyRequestsException: 'TOO_MANY_REQUESTS',
  UnauthorizedException: 'CLIENT_UNAUTHORIZED',
  UnexpectedLambdaException: 'TRIGGER_FAILED',
  UnsupportedIdentityProviderException: 'PROVIDER_UNSUPPORTED',
  UnsupportedOperationException: 'OPERATION_UNSUPPORTED',
  UnsupportedTokenTypeException: 'TOKEN_TYPE_UNSUPPORTED',
  UnsupportedUserStateException: 'USER_STATE_UNSUPPORTED',
  UserImportInProgressException: 'IMPORT_IN_PROGRESS',
  UserLambdaValidationException: 'TRIGGER_REFUSED',
  UserNotConfirmedException: 'USER_NOT_CONFIRMED',
  UserNotFoundException: 'USER_NOT_FOUND',
  UserPoolAddOnNotEnabledException: 'FEATURE_UNAVAILABLE',
  UserPoolTaggingException: 'PARAMETER_INVALID',
  UsernameExistsException: 'USERNAME_EXISTS',
  WebAuthnChallengeNotFoundException: 'PASSKEY_CHALLENGE_NOT_FOUND',
  WebAuthnClientMismatchException: 'PASSKEY_CLIENT_MISMATCH',
  WebAuthnConfigurationMissingException: 'PASSKEY_NOT_CONFIGURED',
  WebAuthnCredentialNotSupportedException: 'PASSKEY_CREDENTIAL_UNSUPPORTED',
  WebAuthnNotEnabledException: 'PASSKEY_NOT_ENABLED',
  WebAuthnOriginNotAllowedException: 'PASSKEY_ORIGIN_REFUSED',
  WebAuthnRelyingPartyMismatchException: 'PASSKEY_RELYING_PARTY_MISMATCH',
};

/**
 * Cognito says a dozen things with NotAuthorizedException and ResourceNotFoundException and tells them apart only in
 * the text. The first pattern that fits names the code; when none does, the exception's own code stands.
 */
const CODES_BY_MESSAGE: readonly (readonly [RegExp, MandateErrorCode])[] = [
  [/SECRET_HASH was not received|configured for secret but secret was not received/, 'SECRET_HASH_MISSING'],
  [/Unable to verify secret hash|SecretHash does not match/, 'SECRET_HASH_INVALID'],
  [/Incorrect username or password/, 'CREDENTIALS_INVALID'],
  [/Password attempts exceeded/, 'ATTEMPTS_EXCEEDED'],
  [/Temporary password has expired/, 'TEMPORARY_PASSWORD_EXPIRED'],
  [/User is disabled/, 'USER_DISABLED'],
  [/Invalid session for the user, session is expired/, 'SESSION_EXPIRED'],
  [/Invalid session for the user/, 'SESSION_INVALID'],
  [/Access Token has expired/, 'ACCESS_TOKEN_EXPIRED'],
  [/Access Token has been revoked/, 'ACCESS_TOKEN_REVOKED'],
  [/Access Token does not have required scopes/, 'ACCESS_TOKEN_SCOPE_MISSING'],
  [/Access Token/, 'ACCESS_TOKEN_INVALID'],
  [/Refresh Token has expired/, 'REFRESH_TOKEN_EXPIRED'],
  [/Refresh Token has been revoked/, 'REFRESH_TOKEN_REVOKED'],
  [/Refresh Token|deleted for the associated refresh token/, 'REFRESH_TOKEN_INVALID'],
  [/Device does not exist/, 'DEVICE_NOT_FOUND'],
];

const AMBIGUOUS: ReadonlySet<string> = new Set(['NotAuthorizedException', 'ResourceNotFoundException']);

/** The stable code for an exception of the service; an exception that the SDK does not know is SERVICE_ERROR_UNKNOWN. */
export function codeOfException(exceptionName: string, message: string): MandateErrorCode {
  if (!Object.hasOwn(EXCEPTION_CODES, exceptionName)) {
    return 'SERVICE_ERROR_UNKNOWN';
  }
  const told = AMBIGUOUS.has(exceptionName) ? CODES_BY_MESSAGE.find(([pattern]) => pattern.test(message)) : undefined;
  return told?.[1] ?? EXCEPTION_CODES[exceptionName as CognitoExceptionName];
}
