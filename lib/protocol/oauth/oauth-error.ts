import { ERROR_STATUS, type MandateErrorCode } from '../../errors/error-codes.js';
import { MandateError } from '../../errors/mandate-error.js';
import { brandClass } from '../../types/class-brand.js';

/** The requests that the domain refuses. */
export type OAuthRequest =
  'authorization' | 'authorization_code' | 'refresh_token' | 'client_credentials' | 'revocation' | 'userInfo';

/** What an endpoint answered, or a callback reported. */
export interface OAuthRefusal {
  readonly request: OAuthRequest;
  readonly error: string;
  readonly description?: string | undefined;
  /** The id that Cognito gave the request; AWS support asks for it. */
  readonly requestId?: string | undefined;
  /** Of a callback: whether its `state` is that of the sign-in. Anyone can make a callback without. Default: true. */
  readonly hasState?: boolean | undefined;
}

const LOGIN_REQUIRED: MandateErrorCode = 'OAUTH_LOGIN_REQUIRED';

/** What an error means for every request (RFC 6749, sections 4.1.2.1 and 5.2), unless the request says otherwise. */
const CODES: Readonly<Record<string, MandateErrorCode>> = {
  invalid_client: 'CLIENT_UNAUTHORIZED',
  invalid_scope: 'OAUTH_SCOPE_INVALID',
  unauthorized_client: 'OAUTH_GRANT_NOT_ALLOWED',
  unsupported_grant_type: 'OAUTH_GRANT_NOT_ALLOWED',
  unsupported_response_type: 'OAUTH_GRANT_NOT_ALLOWED',
};

const CODES_BY_REQUEST: Readonly<Record<OAuthRequest, Readonly<Record<string, MandateErrorCode>>>> = {
  authorization: {
    access_denied: 'OAUTH_LOGIN_DENIED',
    // OpenID Connect Core 1.0, section 3.1.2.6.
    login_required: LOGIN_REQUIRED,
    interaction_required: LOGIN_REQUIRED,
    account_selection_required: LOGIN_REQUIRED,
    consent_required: LOGIN_REQUIRED,
    invalid_client: 'OAUTH_LOGIN_FAILED',
  },
  authorization_code: { invalid_grant: 'OAUTH_CODE_INVALID' },
  // The token endpoint does not tell why: malformed, expired, revoked, replaced, or of a device.
  refresh_token: { invalid_grant: 'REFRESH_TOKEN_INVALID' },
  client_credentials: { invalid_grant: 'OAUTH_SCOPE_INVALID' },
  // The only parameter is the token, so a bad request is one for a client without token revocation.
  revocation: { unsupported_token_type: 'TOKEN_TYPE_UNSUPPORTED', invalid_request: 'TOKEN_REVOCATION_NOT_ENABLED' },
  // RFC 6750, section 3.1.
  userInfo: { invalid_token: 'ACCESS_TOKEN_INVALID', insufficient_scope: 'ACCESS_TOKEN_SCOPE_MISSING' },
};

/** What to do, by code. */
const MESSAGES: Readonly<Partial<Record<MandateErrorCode, string>>> = {
  ACCESS_TOKEN_INVALID: 'The access token has expired, was revoked, or is not one of this user pool. Sign in again.',
  ACCESS_TOKEN_SCOPE_MISSING: 'The access token lacks the scope openid. Request it when the sign-in starts.',
  CLIENT_UNAUTHORIZED:
    'The domain does not know the app client or refuses its secret. Check the options "clientId", "clientSecret" and "oauth.domain", and that "oauth.clientAuthentication" fits the secret.',
  OAUTH_CODE_INVALID:
    'The authorization code was used before, has expired after five minutes, or was issued for another redirect URI or code verifier. Start the sign-in again.',
  OAUTH_GRANT_NOT_ALLOWED: 'The app client does not allow this grant. Add it to AllowedOAuthFlows of the app client.',
  OAUTH_LOGIN_DENIED: 'The sign-in was refused by the user or by the identity provider.',
  OAUTH_LOGIN_FAILED: 'The sign-in failed at Cognito or at the identity provider. Start it again.',
  OAUTH_LOGIN_REQUIRED: 'The user is not signed in at the domain. Start a sign-in without the prompt "none".',
  OAUTH_SCOPE_INVALID:
    'The app client does not allow a requested scope. Add it to AllowedOAuthScopes of the app client.',
  REFRESH_TOKEN_INVALID: 'The refresh token is no longer valid, or is not one of this app client. Sign in again.',
  TOKEN_REVOCATION_NOT_ENABLED: 'Token revocation is disabled. Set EnableTokenRevocation of the app client.',
  TOKEN_TYPE_UNSUPPORTED: 'Only refresh tokens can be revoked.',
};

/** The form of error codes. Callbacks come through browsers, so the value may be anything. */
const ERROR_FORM = /^[a-z_]{1,64}$/;

/**
 * Cognito, or an identity provider behind it, refused an OAuth 2.0 request. `code` is stable; `error` is the code of
 * RFC 6749 that was answered.
 *
 * @publicApi
 */
export class CognitoOAuthError extends MandateError {
  static {
    brandClass(this, 'CognitoOAuthError');
  }

  override readonly name = 'CognitoOAuthError';

  /** The error code of RFC 6749, RFC 6750 or OpenID Connect, such as `invalid_grant`; `unknown` if it had no such form. */
  readonly error: string;

  /** The id that Cognito gave the request; AWS support asks for it. */
  readonly requestId: string | undefined;

  readonly #description: string | undefined;

  constructor(refusal: OAuthRefusal) {
    const code = codeOf(refusal);
    const error = ERROR_FORM.test(refusal.error) ? refusal.error : 'unknown';
    super(code, `${MESSAGES[code] ?? 'Cognito refused the request.'} (${refusal.request}: ${error})`);
    this.error = error;
    this.requestId = refusal.requestId;
    this.#description = refusal.description;
  }

  /**
   * The `error_description`: a text of Cognito, of an identity provider, or of whoever made the callback. For debugging
   * only; never show it to a user. It is not among what is printed or serialized.
   */
  get description(): string | undefined {
    return this.#description;
  }
}

function codeOf({ request, error, description, hasState = true }: OAuthRefusal): MandateErrorCode {
  if (request === 'authorization_code' && error === 'unauthorized_client' && description === 'invalid_redirect') {
    return 'OAUTH_CODE_INVALID';
  }
  const code = find(CODES_BY_REQUEST[request], error) ?? find(CODES, error);
  if (request === 'authorization') {
    // A visitor must not be able to report a fault of the configuration.
    return code === undefined || (!hasState && ERROR_STATUS[code] >= 500) ? 'OAUTH_LOGIN_FAILED' : code;
  }
  return code ?? 'OAUTH_REQUEST_REFUSED';
}

function find(codes: Readonly<Record<string, MandateErrorCode>>, error: string): MandateErrorCode | undefined {
  return Object.hasOwn(codes, error) ? codes[error] : undefined;
}
