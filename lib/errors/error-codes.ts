/**
 * The closed list of error codes, each with the HTTP status that `CognitoExceptionFilter` returns (RFC 9110 section
 * 15). Codes are stable: applications switch over them, and the filter puts them into response bodies. Each code has
 * one meaning, stated in the line above it.
 *
 * 4xx: the caller can act on it. 500: this service or its user pool is misconfigured. 501: the pool does not offer the
 * feature. 502 and 503: Cognito, or the way to it, failed.
 *
 * @publicApi
 */
export const ERROR_STATUS = {
  // --- Configuration of this package ---
  /** An option or a decorator is missing, unknown or invalid. */
  CONFIGURATION_INVALID: 500,
  /** An optional peer dependency that the feature needs is not installed. */
  PEER_MISSING: 500,

  // --- Arguments ---
  /** A method was called with an invalid argument; nothing was sent. */
  ARGUMENT_INVALID: 400,

  // --- Bearer tokens of incoming requests (RFC 6750) ---
  /** The request carries no token. */
  TOKEN_MISSING: 401,
  /** The token is not a well-formed JSON Web Token. */
  TOKEN_MALFORMED: 401,
  /** The token is signed with an algorithm that is not accepted. */
  TOKEN_ALGORITHM_REFUSED: 401,
  /** No key of the pool has the token's `kid`. */
  TOKEN_KEY_UNKNOWN: 401,
  /** The token's signature is wrong. */
  TOKEN_SIGNATURE_INVALID: 401,
  /** The token was issued by another user pool. */
  TOKEN_ISSUER_REFUSED: 401,
  /** An access token is required and an id token was sent, or the reverse. */
  TOKEN_USE_REFUSED: 401,
  /** The token was issued to an app client that is not accepted. */
  TOKEN_CLIENT_REFUSED: 401,
  /** The token has expired. */
  TOKEN_EXPIRED: 401,
  /** The token is not valid yet. */
  TOKEN_NOT_YET_VALID: 401,
  /** A claim of the token is missing or has the wrong type. */
  TOKEN_CLAIMS_INVALID: 401,
  /** The token's sign-in has been revoked. */
  TOKEN_REVOKED: 401,
  /** Cognito offers no way to check whether this kind of token is still valid. */
  TOKEN_REVOCATION_UNCHECKABLE: 401,
  /** The sign-in is too old or too weak for the handler (RFC 9470). */
  AUTHENTICATION_INSUFFICIENT: 401,
  /** The credentials of the request are malformed. */
  REQUEST_MALFORMED: 400,
  /** A member of the request's body, path or query is missing, unknown or invalid. */
  REQUEST_INVALID: 400,
  /** The body of the request is not JSON. */
  CONTENT_TYPE_UNSUPPORTED: 415,
  /** Too many requests from one address, or about one user. */
  REQUESTS_THROTTLED: 429,
  /** The groups of the user do not allow the request. */
  GROUPS_INSUFFICIENT: 403,
  /** The scopes of the token do not allow the request. */
  SCOPE_INSUFFICIENT: 403,
  /** The signing keys of the pool could not be fetched. */
  SIGNING_KEYS_UNAVAILABLE: 503,
  /** Could not check whether the token has been revoked. */
  REVOCATION_CHECK_FAILED: 503,
  /** Cognito ended the sign-in, but the revocation store did not record it. */
  REVOCATION_NOT_RECORDED: 503,
  /** The application's source of tenants failed. */
  TENANTS_UNAVAILABLE: 503,

  // --- Browser sessions ---
  /** The request may not use its session: it may come from a page of another site. */
  CSRF_CHECK_FAILED: 403,
  /** The store of sessions failed. */
  SESSION_STORE_UNAVAILABLE: 503,
  /** The session could not be renewed; it has not ended. */
  SESSION_RENEWAL_FAILED: 503,
  /** The tokens are too large for a cookie. */
  SESSION_TOO_LARGE: 500,

  // --- The protocol with Cognito ---
  /** A value of the SRP exchange is forbidden (RFC 5054 sections 2.5.3 and 2.5.4). */
  SRP_PROTOCOL_VIOLATED: 502,
  /** Cognito returned a challenge that this version does not support. */
  CHALLENGE_UNSUPPORTED: 501,
  /** Cognito returned a response that the protocol does not allow. */
  ANSWER_UNEXPECTED: 502,
  /** Cognito is unreachable, too slow, or returned an unreadable response. */
  SERVICE_UNAVAILABLE: 503,
  /** Cognito reported an internal error. */
  SERVICE_FAULT: 502,
  /** Cognito returned an exception that this version does not know. */
  SERVICE_ERROR_UNKNOWN: 502,

  // --- Sign-in ---
  /** The username or the password is wrong. */
  CREDENTIALS_INVALID: 401,
  /** Too many wrong passwords: the user is locked out for up to 15 minutes. */
  SIGN_IN_LOCKED: 429,
  /** Threat protection blocked the sign-in. */
  SIGN_IN_BLOCKED: 403,
  /** The temporary password has expired; an administrator must set a new one. */
  TEMPORARY_PASSWORD_EXPIRED: 401,
  /** The app client does not allow the authentication flow. */
  AUTH_FLOW_NOT_ENABLED: 500,
  /** The operation does not support the authentication flow. */
  AUTH_FLOW_UNSUPPORTED: 500,
  /** The pool has no triggers for the flow CUSTOM_AUTH. */
  CUSTOM_AUTH_NOT_CONFIGURED: 500,
  /** The session of a challenge is unknown, or belongs to another user, client or challenge. */
  SESSION_INVALID: 401,
  /** The session of a challenge has expired. */
  SESSION_EXPIRED: 401,
  /** The session of a challenge has been used before. */
  SESSION_USED: 401,
  /** The current sign-in already satisfies the requested ACR value. */
  ACR_ALREADY_REACHED: 409,
  /** The user has no factor that satisfies the requested ACR value. */
  ACR_NOT_REACHED: 403,
  /** Cognito refused the call for a reason that its text does not identify. */
  NOT_AUTHORIZED: 401,

  // --- Tokens sent to Cognito ---
  /** The access token is malformed, forged, of another pool or user, or, to userInfo, no longer valid. */
  ACCESS_TOKEN_INVALID: 401,
  /** The access token has expired. */
  ACCESS_TOKEN_EXPIRED: 401,
  /** The access token has been revoked. */
  ACCESS_TOKEN_REVOKED: 401,
  /** The access token lacks a scope: `aws.cognito.signin.user.admin`, or `openid` for userInfo. */
  ACCESS_TOKEN_SCOPE_MISSING: 403,
  /** The refresh token is malformed, belongs to another client or device, or, at the token endpoint, is no longer valid. */
  REFRESH_TOKEN_INVALID: 401,
  /** The refresh token has expired. */
  REFRESH_TOKEN_EXPIRED: 401,
  /** The refresh token has been revoked. */
  REFRESH_TOKEN_REVOKED: 401,
  /** The refresh token was used again after rotation replaced it (RFC 9700 section 4.14.2). */
  REFRESH_TOKEN_REUSED: 401,
  /** The user of the refresh token has been deleted. */
  REFRESH_TOKEN_USER_DELETED: 401,
  /** The app client rotates refresh tokens, which REFRESH_TOKEN_AUTH does not support. */
  RENEWAL_METHOD_UNSUPPORTED: 500,
  /** A `TokenSession` has ended. */
  TOKEN_SESSION_ENDED: 401,
  /** A callback of the application, such as `onRenewed` of a `TokenSession`, did not finish in time. */
  CALLBACK_TIMEOUT: 503,
  /** Only refresh tokens can be revoked. */
  TOKEN_TYPE_UNSUPPORTED: 400,
  /** Token revocation is disabled for the app client. */
  TOKEN_REVOCATION_NOT_ENABLED: 500,

  // --- The state of a user ---
  /** No such user. */
  USER_NOT_FOUND: 404,
  /** The user is disabled. */
  USER_DISABLED: 403,
  /** The user has not confirmed the sign-up. */
  USER_NOT_CONFIRMED: 403,
  /** The user is already confirmed. */
  USER_ALREADY_CONFIRMED: 409,
  /** The user's status does not allow the operation. */
  USER_STATE_UNSUPPORTED: 409,
  /** The user must reset the password before signing in. */
  PASSWORD_RESET_REQUIRED: 403,
  /** The username is taken. */
  USERNAME_EXISTS: 409,
  /** Another user has the same e-mail address, phone number or preferred username. */
  ALIAS_EXISTS: 409,
  /** The pool does not allow users to sign up. */
  SIGN_UP_NOT_PERMITTED: 403,
  /** The pool does not allow users to reset forgotten passwords. */
  PASSWORD_RECOVERY_NOT_PERMITTED: 403,

  // --- Usernames and attributes ---
  /** The username has the wrong form for the pool. */
  USERNAME_INVALID: 400,
  /** The value of an attribute is invalid. */
  ATTRIBUTE_INVALID: 400,
  /** The pool's schema has no such attribute. */
  ATTRIBUTE_UNKNOWN: 400,
  /** A required attribute is missing. */
  ATTRIBUTE_REQUIRED: 400,
  /** The app client may not write the attribute. */
  ATTRIBUTE_NOT_WRITABLE: 403,
  /** The attribute cannot be changed. */
  ATTRIBUTE_IMMUTABLE: 403,
  /** The attribute cannot be deleted. */
  ATTRIBUTE_NOT_DELETABLE: 403,
  /** NEW_PASSWORD_REQUIRED cannot change an attribute that already has a value. */
  ATTRIBUTE_ALREADY_SET: 409,
  /** Only `email` and `phone_number` can be verified. */
  ATTRIBUTE_NOT_VERIFIABLE: 400,
  /** The user has no e-mail address or phone number to send the message to. */
  ADDRESS_MISSING: 409,
  /** The user has no verified e-mail address or phone number. */
  VERIFIED_ADDRESS_MISSING: 409,

  // --- Codes and passwords ---
  /** The code is wrong. */
  CODE_MISMATCH: 400,
  /** The code has expired, or none was requested. */
  CODE_EXPIRED: 400,
  /** The code of the authenticator app has been used before. */
  CODE_USED: 400,
  /** Cognito could not deliver the code. */
  CODE_DELIVERY_FAILED: 502,
  /** The pool does not verify addresses automatically, so no code can be sent again. */
  AUTO_VERIFICATION_NOT_ENABLED: 501,
  /** The password violates the pool's policy. */
  PASSWORD_INVALID: 400,
  /** The password was used before. */
  PASSWORD_REUSED: 400,

  // --- Factors ---
  /** Cognito found no MFA method for the user. */
  MFA_METHOD_NOT_FOUND: 400,
  /** The user has not set up the MFA factor. */
  MFA_FACTOR_NOT_SET_UP: 409,
  /** The user has not set up an authenticator app. */
  SOFTWARE_TOKEN_NOT_FOUND: 400,
  /** The first code of an authenticator app is wrong; the app was not set up. */
  SOFTWARE_TOKEN_NOT_ENABLED: 400,
  /** The pool does not offer authenticator apps. */
  SOFTWARE_TOKEN_NOT_OFFERED: 501,
  /** No such device, or Cognito has forgotten it. */
  DEVICE_NOT_FOUND: 404,
  /** The device key was not issued for this sign-in. */
  DEVICE_KEY_INVALID: 400,
  /** A device with this key exists. */
  DEVICE_KEY_EXISTS: 409,
  /** The pool does not track devices. */
  DEVICES_NOT_TRACKED: 501,
  /** No such passkey. */
  PASSKEY_NOT_FOUND: 404,
  /** The passkey credential is malformed. */
  PASSKEY_CREDENTIAL_INVALID: 400,
  /** The passkey's algorithm is not supported. */
  PASSKEY_CREDENTIAL_UNSUPPORTED: 400,
  /** No passkey registration is under way, or it has expired. */
  PASSKEY_CHALLENGE_NOT_FOUND: 400,
  /** The passkey registration was started by another app client. */
  PASSKEY_CLIENT_MISMATCH: 400,
  /** The passkey was created at an origin that is not allowed. */
  PASSKEY_ORIGIN_REFUSED: 400,
  /** The passkey was created for another relying party. */
  PASSKEY_RELYING_PARTY_MISMATCH: 400,
  /** The user has the maximum number of passkeys. */
  PASSKEY_LIMIT_EXCEEDED: 409,
  /** The pool has no relying party for passkeys. */
  PASSKEY_NOT_CONFIGURED: 500,
  /** The pool does not offer passkeys. */
  PASSKEY_NOT_ENABLED: 501,
  /** No such session of the user. */
  USER_SESSION_NOT_FOUND: 404,
  /** A user cannot revoke the session that makes the call. */
  USER_SESSION_CURRENT: 409,

  // --- Limits ---
  /** Too many attempts by one user within an hour. */
  ATTEMPTS_EXCEEDED: 429,
  /** Too many requests from this AWS account. */
  TOO_MANY_REQUESTS: 429,
  /** The daily number of e-mails has been sent. */
  EMAIL_LIMIT_EXCEEDED: 503,
  /** A limit of Cognito that its text does not identify. */
  LIMIT_EXCEEDED: 429,
  /** A quota of the AWS account is used up. */
  SERVICE_QUOTA_EXCEEDED: 429,

  // --- Requests and resources ---
  /** A parameter of the request is missing or invalid. */
  PARAMETER_INVALID: 400,
  /** AWS WAF blocked the request. */
  REQUEST_FORBIDDEN: 403,
  /** Cognito's endpoint does not have the operation. */
  OPERATION_UNKNOWN: 501,
  /** The operation does not support what was requested. */
  OPERATION_UNSUPPORTED: 501,
  /** The operation is not enabled for the pool. */
  OPERATION_NOT_ENABLED: 501,
  /** The pool's tier does not include the feature. */
  FEATURE_UNAVAILABLE: 501,
  /** The feature is an add-on that the pool has not enabled. */
  ADD_ON_NOT_ENABLED: 501,
  /** The pool uses features that the new tier does not include. */
  TIER_CHANGE_NOT_ALLOWED: 409,
  /** No such resource, and Cognito's text does not identify which. */
  RESOURCE_NOT_FOUND: 404,
  /** No such group. */
  GROUP_NOT_FOUND: 404,
  /** A group with this name exists. */
  GROUP_EXISTS: 409,
  /** No such resource server. */
  RESOURCE_SERVER_NOT_FOUND: 404,
  /** A resource server with this identifier exists. */
  RESOURCE_SERVER_EXISTS: 409,
  /** An identity provider with this name exists. */
  PROVIDER_EXISTS: 409,
  /** The identity provider is not supported. */
  PROVIDER_UNSUPPORTED: 400,
  /** The app client has a managed-login branding. */
  BRANDING_EXISTS: 409,
  /** Terms with this name exist for the app client. */
  TERMS_EXIST: 409,
  /** Deletion protection or a domain prevents the deletion of the pool. */
  POOL_NOT_DELETABLE: 409,
  /** The tags of a pool are invalid. */
  TAGS_INVALID: 400,
  /** Another request is changing the same resource. */
  CONCURRENT_MODIFICATION: 409,
  /** The resource is not in the state that the operation requires. */
  PRECONDITION_NOT_MET: 409,
  /** A user import is in progress. */
  IMPORT_IN_PROGRESS: 409,

  // --- Configuration at AWS ---
  /** The option `userPoolId` names no pool of the region. */
  POOL_NOT_FOUND: 500,
  /** The option `clientId` names no app client. */
  CLIENT_NOT_FOUND: 500,
  /** The app client has a secret and the option `clientSecret` is missing. */
  SECRET_HASH_MISSING: 500,
  /** The option `clientSecret` is wrong, or the hash was made over another username. */
  SECRET_HASH_INVALID: 500,
  /** The app client or its secret is wrong. */
  CLIENT_UNAUTHORIZED: 500,
  /** This service has no AWS credentials. */
  AWS_CREDENTIALS_MISSING: 500,
  /** The AWS credentials are invalid or have expired. */
  AWS_CREDENTIALS_INVALID: 500,
  /** The IAM policy of the AWS credentials does not allow the operation. */
  AWS_ACCESS_DENIED: 500,
  /** The pool's configuration does not allow the operation. */
  POOL_CONFIGURATION_INVALID: 500,
  /** The pool's role for sending SMS messages is misconfigured. */
  SMS_ROLE_INVALID: 500,
  /** The pool's role for sending e-mails is misconfigured. */
  EMAIL_ROLE_INVALID: 500,
  /** The app client is not enabled for OAuth 2.0. */
  OAUTH_NOT_ENABLED: 500,
  /** The combination of OAuth 2.0 flows is not allowed. */
  OAUTH_FLOW_INVALID: 400,
  /** No such OAuth 2.0 scope. */
  SCOPE_NOT_FOUND: 400,

  // --- Managed login and OAuth 2.0 ---
  /** The option `oauth`, which the method requires, is not set. */
  OAUTH_NOT_CONFIGURED: 500,
  /** The callback of a sign-in is malformed: a parameter is missing or repeated. */
  OAUTH_CALLBACK_INVALID: 400,
  /** The callback belongs to no sign-in that this browser has started. */
  OAUTH_STATE_MISMATCH: 400,
  /** The sign-in was not completed in time. */
  OAUTH_TRANSACTION_EXPIRED: 400,
  /** The sign-in failed at Cognito or at the identity provider. */
  OAUTH_LOGIN_FAILED: 401,
  /** The user or the identity provider refused the sign-in. */
  OAUTH_LOGIN_DENIED: 403,
  /** A sign-in without pages (`prompt: 'none'`) needs the user. */
  OAUTH_LOGIN_REQUIRED: 401,
  /** The authorization code was used, has expired, or was issued for another request. */
  OAUTH_CODE_INVALID: 400,
  /** The id token is not that of the sign-in that this browser has started. */
  OAUTH_NONCE_MISMATCH: 401,
  /** The app client does not allow the OAuth 2.0 grant. */
  OAUTH_GRANT_NOT_ALLOWED: 500,
  /** The app client does not allow a scope. */
  OAUTH_SCOPE_INVALID: 500,
  /** Cognito refused an OAuth 2.0 request for another reason. */
  OAUTH_REQUEST_REFUSED: 502,

  // --- Lambda triggers ---
  /** A trigger refused the call; the message is what it threw. */
  TRIGGER_REFUSED: 400,
  /** A trigger could not be run, or timed out. */
  TRIGGER_FAILED: 502,
  /** A trigger returned an invalid response. */
  TRIGGER_RESPONSE_INVALID: 502,
} as const satisfies Readonly<Record<string, number>>;

/**
 * A stable code that identifies what went wrong.
 *
 * @publicApi
 */
export type MandateErrorCode = keyof typeof ERROR_STATUS;
