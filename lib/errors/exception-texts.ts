import type { CognitoExceptionName } from './cognito-exceptions.js';
import type { MandateErrorCode } from './error-codes.js';

/** A text of the service and the code that it stands for. */
export type TextRule = readonly [text: RegExp, code: MandateErrorCode];

type TextRules = Readonly<Partial<Record<CognitoExceptionName, readonly TextRule[]>>>;

/*
 * Cognito uses a few exceptions for dozens of situations, which only the text distinguishes. The first pattern that
 * matches decides. Patterns of texts that quote the caller's input are anchored, so that input cannot choose the code.
 */

/** Texts that were observed at the service or are documented. */
export const CONFIRMED_TEXTS: TextRules = {
  NotAuthorizedException: [
    [/SECRET_HASH was not received|configured for secret but secret was not received/, 'SECRET_HASH_MISSING'],
    [/Unable to verify secret hash|SecretHash does not match/, 'SECRET_HASH_INVALID'],
    [/^Incorrect username or password/, 'CREDENTIALS_INVALID'],
    [/^Password attempts exceeded/, 'SIGN_IN_LOCKED'],
    [/^Temporary password has expired/, 'TEMPORARY_PASSWORD_EXPIRED'],
    [/^User is disabled/, 'USER_DISABLED'],
    [/^Invalid session for the user, session is expired/, 'SESSION_EXPIRED'],
    [/^Invalid session for the user, session can only be used once/, 'SESSION_USED'],
    [/^Invalid session for the user/, 'SESSION_INVALID'],
    [/Access Token has expired/, 'ACCESS_TOKEN_EXPIRED'],
    [/Access Token has been revoked/, 'ACCESS_TOKEN_REVOKED'],
    [/Access Token does not have required scopes/, 'ACCESS_TOKEN_SCOPE_MISSING'],
    [/Access Token/, 'ACCESS_TOKEN_INVALID'],
    [/Refresh Token has expired/, 'REFRESH_TOKEN_EXPIRED'],
    [/Refresh Token has been revoked/, 'REFRESH_TOKEN_REVOKED'],
    [/Refresh Token/, 'REFRESH_TOKEN_INVALID'],
    [/deleted for the associated refresh token/, 'REFRESH_TOKEN_USER_DELETED'],
    [/attempted to write unauthorized attribute/, 'ATTRIBUTE_NOT_WRITABLE'],
    [/^Cannot modify an already provided /, 'ATTRIBUTE_ALREADY_SET'],
    [/^SignUp is not permitted/, 'SIGN_UP_NOT_PERMITTED'],
    [/^User cannot be confirmed\. Current status is CONFIRMED/, 'USER_ALREADY_CONFIRMED'],
    [/^User cannot be confirmed/, 'USER_STATE_UNSUPPORTED'],
    [/^User password cannot be reset in the current state/, 'USER_STATE_UNSUPPORTED'],
    [/^Contact administrator to reset password/, 'PASSWORD_RECOVERY_NOT_PERMITTED'],
    [/^Cannot resend codes\. Auto verification not turned on/, 'AUTO_VERIFICATION_NOT_ENABLED'],
  ],
  InvalidParameterException: [
    [/^App client \S+ is not configured for secret but secret hash was received/, 'SECRET_HASH_INVALID'],
    // Quotes the caller's values.
    [/validation errors? detected: /, 'PARAMETER_INVALID'],
    [/^Missing required parameter /, 'PARAMETER_INVALID'],
    [/^User is already confirmed/, 'USER_ALREADY_CONFIRMED'],
    [/^Cannot reset password for the user as there is no registered\/verified/, 'VERIFIED_ADDRESS_MISSING'],
    [/^User does not have a valid registered (?:email|phone)/, 'ADDRESS_MISSING'],
    [/^No [\w ]+ provided but desired delivery medium was /, 'ADDRESS_MISSING'],
    [/^Invalid attribute name\. Only phone_number and email can be verified/, 'ATTRIBUTE_NOT_VERIFIABLE'],
    [/^Username (?:should|cannot) be /, 'USERNAME_INVALID'],
    [/^User (?:email|phone_number) should be empty or same as username/, 'ATTRIBUTE_INVALID'],
    [/^Preferred username cannot be provided for unconfirmed account/, 'ATTRIBUTE_INVALID'],
    [/^Invalid (?:phone number format|email address format)/, 'ATTRIBUTE_INVALID'],
    [/^Attributes did not conform to the schema: \S+: The attribute is required/, 'ATTRIBUTE_REQUIRED'],
    [/^Invalid attributes given, \S+ is missing/, 'ATTRIBUTE_REQUIRED'],
    [
      /^(?:Attributes did not conform to the schema: |Invalid user attributes: )?\S+: Attribute does not exist in the schema/,
      'ATTRIBUTE_UNKNOWN',
    ],
    [/^One or more requested attributes do not exist/, 'ATTRIBUTE_UNKNOWN'],
    [/^user\.\S+: Attribute cannot be updated/, 'ATTRIBUTE_IMMUTABLE'],
    [/^Cannot modify the non-mutable attribute /, 'ATTRIBUTE_IMMUTABLE'],
    [/^Attributes did not conform to the schema: /, 'ATTRIBUTE_INVALID'],
    [/ flow not enabled for this client/, 'AUTH_FLOW_NOT_ENABLED'],
    [/ is not enabled for the client/, 'AUTH_FLOW_NOT_ENABLED'],
    [/^Only custom auth \(lambda driven\) is enabled for this client/, 'AUTH_FLOW_NOT_ENABLED'],
    [/^Initiate Auth method not supported/, 'AUTH_FLOW_UNSUPPORTED'],
    [/^Custom auth lambda trigger is not configured/, 'CUSTOM_AUTH_NOT_CONFIGURED'],
    [/^User does not have delivery config set to turn on /, 'MFA_FACTOR_NOT_SET_UP'],
    [/^User has not verified software token mfa/, 'MFA_FACTOR_NOT_SET_UP'],
    [/^Invalid device key given/, 'DEVICE_KEY_INVALID'],
    [/^Credential data is not valid/, 'PASSKEY_CREDENTIAL_INVALID'],
    [/ already exists in user pool /, 'RESOURCE_SERVER_EXISTS'],
    [/^User pool cannot be deleted/, 'POOL_NOT_DELETABLE'],
  ],
  ResourceNotFoundException: [
    [/^User pool client \S+ does not exist/, 'CLIENT_NOT_FOUND'],
    [/^User pool \S+ does not exist/, 'POOL_NOT_FOUND'],
    [/^Device does not exist/, 'DEVICE_NOT_FOUND'],
    [/^Resource server .* does not exist/, 'RESOURCE_SERVER_NOT_FOUND'],
  ],
  LimitExceededException: [
    [/^Attempt limit exceeded/, 'ATTEMPTS_EXCEEDED'],
    [/^Exceeded daily email limit/, 'EMAIL_LIMIT_EXCEEDED'],
  ],
  ExpiredCodeException: [[/^Your software token has already been used/, 'CODE_USED']],
  SoftwareTokenMFANotFoundException: [[/has not been enabled by the userPool/, 'SOFTWARE_TOKEN_NOT_OFFERED']],
  UnsupportedOperationException: [[/does not support refresh token rotation/, 'RENEWAL_METHOD_UNSUPPORTED']],
};

/**
 * Texts that are not confirmed at the service: widely reported texts, texts of other emulators, or the embedded
 * Cognito's own where the real one is unknown. When the service turns out to use another text, change it here.
 */
export const UNCONFIRMED_TEXTS: TextRules = {
  NotAuthorizedException: [
    [/^Unable to login because of security reasons/, 'SIGN_IN_BLOCKED'],
    [/unauthorized source IP/i, 'SIGN_IN_BLOCKED'],
    [/^Invalid client or secret/, 'CLIENT_UNAUTHORIZED'],
    [/ is not authorized to perform: /, 'AWS_ACCESS_DENIED'],
    [/^The access token belongs to another user/, 'ACCESS_TOKEN_INVALID'],
    [/^The requested ACR value was not reached/, 'ACR_NOT_REACHED'],
    [/not enabled for OAuth/i, 'OAUTH_NOT_ENABLED'],
  ],
  InvalidParameterException: [
    [/^User has no attribute specified: /, 'ADDRESS_MISSING'],
    [/^Only email and phone_number attributes can be verified/, 'ATTRIBUTE_NOT_VERIFIABLE'],
    [/^(?:Email|Phone Number) is required to verify\/un-verify /, 'ADDRESS_MISSING'],
    [/^Invalid user attributes: \S+: Attribute cannot be deleted/, 'ATTRIBUTE_NOT_DELETABLE'],
    [/^The current session cannot be revoked/, 'USER_SESSION_CURRENT'],
    [/^The access token already satisfies the requested ACR value/, 'ACR_ALREADY_REACHED'],
    [/^The user has no authentication factor for the requested ACR value/, 'ACR_NOT_REACHED'],
    [/not enabled for OAuth/i, 'OAUTH_NOT_ENABLED'],
  ],
  LimitExceededException: [[/maximum number of passkeys/, 'PASSKEY_LIMIT_EXCEEDED']],
  UnsupportedOperationException: [[/^Token revocation is not enabled/, 'TOKEN_REVOCATION_NOT_ENABLED']],
};

/**
 * For exceptions whose text is unknown or varies, and that can mean only one thing in an operation once the texts above
 * are ruled out.
 */
export const CODES_BY_OPERATION: Readonly<
  Partial<Record<CognitoExceptionName, readonly (readonly [operation: RegExp, code: MandateErrorCode])[]>>
> = {
  ResourceNotFoundException: [
    [/Group/, 'GROUP_NOT_FOUND'],
    [/UserSession$/, 'USER_SESSION_NOT_FOUND'],
    [/^DeleteWebAuthnCredential$/, 'PASSKEY_NOT_FOUND'],
    [/Device/, 'DEVICE_NOT_FOUND'],
    // These name nothing else that could be missing: an unknown device has a confirmed text.
    [
      /^(?:InitiateAuth|GetTokensFromRefreshToken|SignUp|ConfirmSignUp|ResendConfirmationCode|ForgotPassword|ConfirmForgotPassword)$/,
      'CLIENT_NOT_FOUND',
    ],
  ],
  InvalidUserPoolConfigurationException: [[/Device/, 'DEVICES_NOT_TRACKED']],
  LimitExceededException: [[/^(?:Start|Complete)WebAuthnRegistration$/, 'PASSKEY_LIMIT_EXCEEDED']],
  UnsupportedOperationException: [[/^RevokeToken$/, 'TOKEN_REVOCATION_NOT_ENABLED']],
};
