import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { codeOfException } from '../../lib/errors/code-of-exception.js';
import { CognitoServiceError } from '../../lib/errors/cognito-service-error.js';
import { ERROR_STATUS, type MandateErrorCode } from '../../lib/errors/error-codes.js';
import { CONFIRMED_TEXTS, UNCONFIRMED_TEXTS } from '../../lib/errors/exception-texts.js';

type Text = readonly [text: string, code: MandateErrorCode, status: number];

/** Every text that the service is known to send, by its exception. */
const TEXTS: Readonly<Record<string, readonly Text[]>> = {
  NotAuthorizedException: [
    ['Client 3n4b is configured with secret but SECRET_HASH was not received', 'SECRET_HASH_MISSING', 500],
    ['Client 3n4b is configured for secret but secret was not received', 'SECRET_HASH_MISSING', 500],
    ['Unable to verify secret hash for client 3n4b', 'SECRET_HASH_INVALID', 500],
    ['SecretHash does not match for the client: 3n4b', 'SECRET_HASH_INVALID', 500],
    ['Invalid Access Token', 'ACCESS_TOKEN_INVALID', 401],
    ['Could not verify signature for Access Token', 'ACCESS_TOKEN_INVALID', 401],
    ['Access Token has expired', 'ACCESS_TOKEN_EXPIRED', 401],
    ['Access Token has been revoked', 'ACCESS_TOKEN_REVOKED', 401],
    ['Access Token does not have required scopes', 'ACCESS_TOKEN_SCOPE_MISSING', 403],
    ['User is disabled.', 'USER_DISABLED', 403],
    ['User is disabled', 'USER_DISABLED', 403],
    ['A client attempted to write unauthorized attribute', 'ATTRIBUTE_NOT_WRITABLE', 403],
    ['Cannot modify an already provided email', 'ATTRIBUTE_ALREADY_SET', 409],
    ['SignUp is not permitted for this user pool', 'SIGN_UP_NOT_PERMITTED', 403],
    ['User cannot be confirmed. Current status is CONFIRMED', 'USER_ALREADY_CONFIRMED', 409],
    ['User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD', 'USER_STATE_UNSUPPORTED', 409],
    ['User password cannot be reset in the current state.', 'USER_STATE_UNSUPPORTED', 409],
    ['Contact administrator to reset password.', 'PASSWORD_RECOVERY_NOT_PERMITTED', 403],
    ['Cannot resend codes. Auto verification not turned on.', 'AUTO_VERIFICATION_NOT_ENABLED', 501],
    ['Incorrect username or password.', 'CREDENTIALS_INVALID', 401],
    ['Password attempts exceeded', 'SIGN_IN_LOCKED', 429],
    ['Temporary password has expired and must be reset by an administrator.', 'TEMPORARY_PASSWORD_EXPIRED', 401],
    ['Invalid session for the user.', 'SESSION_INVALID', 401],
    ['Invalid session for the user, session is expired.', 'SESSION_EXPIRED', 401],
    ['Invalid session for the user, session can only be used once.', 'SESSION_USED', 401],
    ['Invalid Refresh Token', 'REFRESH_TOKEN_INVALID', 401],
    ['Refresh Token has been revoked', 'REFRESH_TOKEN_REVOKED', 401],
    ['Refresh Token has expired', 'REFRESH_TOKEN_EXPIRED', 401],
    ['The user has been deleted for the associated refresh token', 'REFRESH_TOKEN_USER_DELETED', 401],
    ['Unable to login because of security reasons', 'SIGN_IN_BLOCKED', 403],
    ['Unauthorized source IP.', 'SIGN_IN_BLOCKED', 403],
    ['Invalid client or secret', 'CLIENT_UNAUTHORIZED', 500],
    ['User: arn:aws:iam::1:user/a is not authorized to perform: cognito-idp:X', 'AWS_ACCESS_DENIED', 500],
    ['The access token belongs to another user.', 'ACCESS_TOKEN_INVALID', 401],
    ['The requested ACR value was not reached.', 'ACR_NOT_REACHED', 403],
    ['Client is not enabled for OAuth2.0 flows.', 'OAUTH_NOT_ENABLED', 500],
    ['', 'NOT_AUTHORIZED', 401],
    ['something new', 'NOT_AUTHORIZED', 401],
  ],
  InvalidParameterException: [
    ["1 validation error detected: Value 'x' at 'userPoolId' failed to satisfy constraint", 'PARAMETER_INVALID', 400],
    [
      "2 validation errors detected: Value 'User is already confirmed.' at 'username' failed; …",
      'PARAMETER_INVALID',
      400,
    ],
    ['Missing required parameter SRP_A', 'PARAMETER_INVALID', 400],
    ['Error while parsing filter.', 'PARAMETER_INVALID', 400],
    ['Invalid search attribute: custom:x', 'PARAMETER_INVALID', 400],
    ['Invalid pagination token', 'PARAMETER_INVALID', 400],
    ['Invalid range for token validity.', 'PARAMETER_INVALID', 400],
    ['custom:x: Existing attribute already has name custom:x.', 'PARAMETER_INVALID', 400],
    ['User is already confirmed.', 'USER_ALREADY_CONFIRMED', 409],
    [
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
      'VERIFIED_ADDRESS_MISSING',
      409,
    ],
    ['User does not have a valid registered email address', 'ADDRESS_MISSING', 409],
    ['User does not have a valid registered phone number', 'ADDRESS_MISSING', 409],
    ['No email provided but desired delivery medium was Email', 'ADDRESS_MISSING', 409],
    ['User has no attribute specified: email', 'ADDRESS_MISSING', 409],
    ['Email is required to verify/un-verify an email', 'ADDRESS_MISSING', 409],
    ['Invalid attribute name. Only phone_number and email can be verified.', 'ATTRIBUTE_NOT_VERIFIABLE', 400],
    ['Only email and phone_number attributes can be verified.', 'ATTRIBUTE_NOT_VERIFIABLE', 400],
    ['Username should be an email.', 'USERNAME_INVALID', 400],
    ['Username should be either an email or a phone number.', 'USERNAME_INVALID', 400],
    ['Username should be a phone number.', 'USERNAME_INVALID', 400],
    ['Username cannot be of email format, since user pool is configured for email alias.', 'USERNAME_INVALID', 400],
    ['Invalid phone number format.', 'ATTRIBUTE_INVALID', 400],
    ['Invalid email address format.', 'ATTRIBUTE_INVALID', 400],
    ['User email should be empty or same as username, since username attribute is email.', 'ATTRIBUTE_INVALID', 400],
    ['Preferred username cannot be provided for unconfirmed account', 'ATTRIBUTE_INVALID', 400],
    ['Attributes did not conform to the schema: birthdate: Must be of length 10\n', 'ATTRIBUTE_INVALID', 400],
    ['Attributes did not conform to the schema: email: The attribute is required\n', 'ATTRIBUTE_REQUIRED', 400],
    ['Invalid attributes given, name is missing', 'ATTRIBUTE_REQUIRED', 400],
    [
      'Attributes did not conform to the schema: custom:x: Attribute does not exist in the schema.\n',
      'ATTRIBUTE_UNKNOWN',
      400,
    ],
    ['user.custom:x: Attribute does not exist in the schema.\n', 'ATTRIBUTE_UNKNOWN', 400],
    ['Invalid user attributes: user.custom:x: Attribute does not exist in the schema.\n', 'ATTRIBUTE_UNKNOWN', 400],
    ['One or more requested attributes do not exist.', 'ATTRIBUTE_UNKNOWN', 400],
    ['user.sub: Attribute cannot be updated. (changing an immutable attribute)', 'ATTRIBUTE_IMMUTABLE', 403],
    ['Cannot modify the non-mutable attribute email_verified', 'ATTRIBUTE_IMMUTABLE', 403],
    ['Invalid user attributes: user.email: Attribute cannot be deleted.\n', 'ATTRIBUTE_NOT_DELETABLE', 403],
    ['USER_PASSWORD_AUTH flow not enabled for this client', 'AUTH_FLOW_NOT_ENABLED', 500],
    ['Auth flow not enabled for this client', 'AUTH_FLOW_NOT_ENABLED', 500],
    ['Refresh Token flow not enabled for this client', 'AUTH_FLOW_NOT_ENABLED', 500],
    ['USER_SRP_AUTH is not enabled for the client.', 'AUTH_FLOW_NOT_ENABLED', 500],
    ['CUSTOM_AUTH is not enabled for the client.', 'AUTH_FLOW_NOT_ENABLED', 500],
    ['Only custom auth (lambda driven) is enabled for this client.', 'AUTH_FLOW_NOT_ENABLED', 500],
    ['Initiate Auth method not supported.', 'AUTH_FLOW_UNSUPPORTED', 500],
    ['Custom auth lambda trigger is not configured for the user pool.', 'CUSTOM_AUTH_NOT_CONFIGURED', 500],
    ['User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA', 'MFA_FACTOR_NOT_SET_UP', 409],
    ['User has not verified software token mfa', 'MFA_FACTOR_NOT_SET_UP', 409],
    ['Invalid device key given.', 'DEVICE_KEY_INVALID', 400],
    ['Credential data is not valid', 'PASSKEY_CREDENTIAL_INVALID', 400],
    ['api already exists in user pool eu-west-1_AbCdEf.', 'RESOURCE_SERVER_EXISTS', 409],
    [
      'User pool cannot be deleted. It has a domain configured that should be deleted first.',
      'POOL_NOT_DELETABLE',
      409,
    ],
    ['App client 3n4b is not configured for secret but secret hash was received', 'SECRET_HASH_INVALID', 500],
    ['The current session cannot be revoked.', 'USER_SESSION_CURRENT', 409],
    ['The access token already satisfies the requested ACR value.', 'ACR_ALREADY_REACHED', 409],
    ['The user has no authentication factor for the requested ACR values.', 'ACR_NOT_REACHED', 403],
    ['Client is not enabled for OAuth2.0 flows.', 'OAUTH_NOT_ENABLED', 500],
  ],
  ResourceNotFoundException: [
    ['User pool eu-west-1_AbCdEf does not exist.', 'POOL_NOT_FOUND', 500],
    ['User pool client 3n4b does not exist.', 'CLIENT_NOT_FOUND', 500],
    ['Device does not exist.', 'DEVICE_NOT_FOUND', 404],
    ['Resource server api does not exist.', 'RESOURCE_SERVER_NOT_FOUND', 404],
    ['something new', 'RESOURCE_NOT_FOUND', 404],
  ],
  LimitExceededException: [
    ['Attempt limit exceeded, please try after some time.', 'ATTEMPTS_EXCEEDED', 429],
    ['Exceeded daily email limit for the operation or the account. …', 'EMAIL_LIMIT_EXCEEDED', 503],
    ['The user has the maximum number of passkeys.', 'PASSKEY_LIMIT_EXCEEDED', 409],
    ['something new', 'LIMIT_EXCEEDED', 429],
  ],
  TooManyFailedAttemptsException: [['something', 'ATTEMPTS_EXCEEDED', 429]],
  TooManyRequestsException: [
    ['Rate exceeded', 'TOO_MANY_REQUESTS', 429],
    ['Too many requests', 'TOO_MANY_REQUESTS', 429],
  ],
  CodeMismatchException: [
    ['Invalid verification code provided, please try again.', 'CODE_MISMATCH', 400],
    ['Invalid code or auth state for the user.', 'CODE_MISMATCH', 400],
    ['Invalid code received for user', 'CODE_MISMATCH', 400],
  ],
  ExpiredCodeException: [
    ['Invalid code provided, please request a code again.', 'CODE_EXPIRED', 400],
    ['Your software token has already been used once.', 'CODE_USED', 400],
  ],
  EnableSoftwareTokenMFAException: [
    ['Code mismatch and fail enable Software Token MFA', 'SOFTWARE_TOKEN_NOT_ENABLED', 400],
  ],
  SoftwareTokenMFANotFoundException: [
    ['Software Token MFA has not been enabled by the userPool', 'SOFTWARE_TOKEN_NOT_OFFERED', 501],
    ['Software Token MFA has not been set up for the user.', 'SOFTWARE_TOKEN_NOT_FOUND', 400],
  ],
  UnsupportedOperationException: [
    ['This API does not support refresh token rotation', 'RENEWAL_METHOD_UNSUPPORTED', 500],
    ['Token revocation is not enabled for this client.', 'TOKEN_REVOCATION_NOT_ENABLED', 500],
    ['The embedded Cognito does not have CreateTerms yet.', 'OPERATION_UNSUPPORTED', 501],
  ],
  UnsupportedUserStateException: [['Resend not possible. …', 'USER_STATE_UNSUPPORTED', 409]],
  ForbiddenException: [['Request not allowed due to WAF block.', 'REQUEST_FORBIDDEN', 403]],
  UserNotFoundException: [
    ['User does not exist.', 'USER_NOT_FOUND', 404],
    ['Username/client id combination not found.', 'USER_NOT_FOUND', 404],
    ['Exception migrating user in app client 3n4b', 'USER_NOT_FOUND', 404],
  ],
  UserNotConfirmedException: [['User is not confirmed.', 'USER_NOT_CONFIRMED', 403]],
  PasswordResetRequiredException: [['Password reset required for the user', 'PASSWORD_RESET_REQUIRED', 403]],
  PasswordHistoryPolicyViolationException: [['something', 'PASSWORD_REUSED', 400]],
  InvalidPasswordException: [['Password did not conform with policy: …', 'PASSWORD_INVALID', 400]],
  UsernameExistsException: [
    ['User already exists', 'USERNAME_EXISTS', 409],
    ['User account already exists', 'USERNAME_EXISTS', 409],
    ['An account with the given email already exists.', 'USERNAME_EXISTS', 409],
  ],
  AliasExistsException: [['An account with the email already exists.', 'ALIAS_EXISTS', 409]],
  RefreshTokenReuseException: [['Refresh token has been invalidated by rotation', 'REFRESH_TOKEN_REUSED', 401]],
  UnauthorizedException: [['Invalid client or secret', 'CLIENT_UNAUTHORIZED', 500]],
  UserLambdaValidationException: [
    ['PreSignUp failed with error Incorrect username or password.', 'TRIGGER_REFUSED', 400],
  ],
  UnexpectedLambdaException: [['PreSignUp invocation failed due to error Timeout.', 'TRIGGER_FAILED', 502]],
  InvalidLambdaResponseException: [['Unrecognizable lambda output', 'TRIGGER_RESPONSE_INVALID', 502]],
  AccessDeniedException: [['User: … is not authorized to perform: cognito-idp:X', 'AWS_ACCESS_DENIED', 500]],
  MissingAuthenticationTokenException: [['Missing Authentication Token', 'AWS_CREDENTIALS_MISSING', 500]],
  UnrecognizedClientException: [
    ['The security token included in the request is invalid.', 'AWS_CREDENTIALS_INVALID', 500],
  ],
  ExpiredTokenException: [['The security token included in the request is expired', 'AWS_CREDENTIALS_INVALID', 500]],
  SerializationException: [['', 'PARAMETER_INVALID', 400]],
  UnknownOperationException: [['', 'OPERATION_UNKNOWN', 501]],
  ConcurrentModificationException: [['something', 'CONCURRENT_MODIFICATION', 409]],
  SomethingNewException: [['Never seen before.', 'SERVICE_ERROR_UNKNOWN', 502]],
};

const ROWS = Object.entries(TEXTS).flatMap(([exception, texts]) => texts.map((text) => [exception, ...text] as const));

describe('the code of an exception', () => {
  it.each(ROWS)('%s "%s" is %s', (exception, text, code, status) => {
    expect(codeOfException({ exception, text })).toBe(code);
    expect(ERROR_STATUS[code]).toBe(status);
  });

  it.each([
    ['ResourceNotFoundException', 'GetGroup', 'Group not found.', 'GROUP_NOT_FOUND'],
    ['ResourceNotFoundException', 'GetGroup', 'User pool eu-west-1_A does not exist.', 'POOL_NOT_FOUND'],
    ['ResourceNotFoundException', 'AdminAddUserToGroup', 'something new', 'GROUP_NOT_FOUND'],
    ['ResourceNotFoundException', 'RevokeUserSession', 'something new', 'USER_SESSION_NOT_FOUND'],
    ['ResourceNotFoundException', 'DeleteWebAuthnCredential', 'something new', 'PASSKEY_NOT_FOUND'],
    ['ResourceNotFoundException', 'InitiateAuth', 'something new', 'CLIENT_NOT_FOUND'],
    ['ResourceNotFoundException', 'SignUp', 'something new', 'CLIENT_NOT_FOUND'],
    ['ResourceNotFoundException', 'InitiateAuth', 'Device does not exist.', 'DEVICE_NOT_FOUND'],
    ['ResourceNotFoundException', 'AdminForgetDevice', 'something new', 'DEVICE_NOT_FOUND'],
    ['InvalidUserPoolConfigurationException', 'ListDevices', 'something new', 'DEVICES_NOT_TRACKED'],
    ['InvalidUserPoolConfigurationException', 'InitiateAuth', 'something new', 'POOL_CONFIGURATION_INVALID'],
    ['LimitExceededException', 'CompleteWebAuthnRegistration', 'something new', 'PASSKEY_LIMIT_EXCEEDED'],
    ['UnsupportedOperationException', 'RevokeToken', 'something new', 'TOKEN_REVOCATION_NOT_ENABLED'],
    ['UnsupportedOperationException', 'InitiateAuth', 'something new', 'OPERATION_UNSUPPORTED'],
  ] as const)('%s of %s with "%s" is %s', (exception, operation, text, code) => {
    expect(codeOfException({ exception, operation, text })).toBe(code);
  });

  it('is not taken from the prototype of a table', () => {
    expect(codeOfException({ exception: 'constructor', text: '' })).toBe('SERVICE_ERROR_UNKNOWN');
  });
});

describe('the texts', () => {
  const rules = [CONFIRMED_TEXTS, UNCONFIRMED_TEXTS].flatMap((texts) =>
    Object.entries(texts).flatMap(([exception, list]) => list.map(([pattern, code]) => ({ exception, pattern, code }))),
  );

  it.each(rules)('$exception $pattern is shown by an example', ({ exception, pattern, code }) => {
    expect(TEXTS[exception]?.some(([text, expected]) => pattern.test(text) && expected === code)).toBe(true);
  });
});

describe('the list of codes', () => {
  const lib = join(__dirname, '..', '..', 'lib');
  const source = readFileSync(join(lib, 'errors', 'error-codes.ts'), 'utf8');
  const meanings = new Map(
    [...source.matchAll(/^ {2}\/\*\* (.+) \*\/\n {2}([A-Z_]+): \d{3},$/gm)].map(([, meaning = '', code = '']) => [
      code,
      meaning,
    ]),
  );

  it('states one meaning for each code', () => {
    expect([...meanings.keys()]).toEqual(Object.keys(ERROR_STATUS));
    expect(new Set(meanings.values()).size).toBe(meanings.size);
  });

  it('holds no code that nothing uses', () => {
    const others = readdirSync(lib, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('error-codes.ts'))
      .map((file) => readFileSync(join(lib, file), 'utf8'))
      .join('\n');
    expect(Object.keys(ERROR_STATUS).filter((code) => !new RegExp(`\\b${code}\\b`).test(others))).toEqual([]);
  });
});

describe('a hint', () => {
  it.each([
    ['Client x is configured with secret but SECRET_HASH was not received', 'SECRET_HASH was not received. Set '],
    ['SecretHash does not match.', 'does not match. Check '],
  ])('follows "%s" as a sentence of its own', (text, expected) => {
    const { message } = new CognitoServiceError({ operation: 'SignUp', exception: 'NotAuthorizedException', text });
    expect(message).toContain(expected);
    expect(message).toMatch(/\.$/);
  });
});
