import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { ClientToken, ClientTokenOptions } from './client-token.js';
import type { LoginTransaction } from './login-transaction.js';
import type { OAuthTenant } from './oauth-tenant.js';
import type { LogoutUrlOptions, StartedLogin, StartLoginOptions } from './start-login-options.js';
import type { UserInfo } from './user-info.js';

/**
 * Tokens that can be renewed again at the token endpoint.
 *
 * @publicApi
 */
export interface RenewedLogin extends TokenSet {
  /** The new refresh token if the app client rotates them, otherwise the one that was passed. */
  readonly refreshToken: string;
  readonly grantType: 'authorization_code';
}

/** The parts of the service; see `createCognitoOAuthService`. */
export interface CognitoOAuthServiceParts {
  readonly startLogin: (options?: StartLoginOptions) => Promise<StartedLogin>;
  readonly completeLogin: (callback: URLSearchParams, transaction: LoginTransaction | undefined) => Promise<TokenSet>;
  readonly renewTokens: (refreshToken: string) => Promise<RenewedLogin>;
  readonly revokeToken: (refreshToken: string, options?: RevokeLoginOptions) => Promise<void>;
  readonly getUserInfo: (accessToken: string) => Promise<UserInfo>;
  readonly logoutUrl: (options?: LogoutUrlOptions) => string;
  readonly clientToken: (options?: ClientTokenOptions) => Promise<ClientToken>;
  readonly forTenant: (tenant: OAuthTenant) => CognitoOAuthService;
}

/**
 * Options of `CognitoOAuthService.revokeToken`. A whole `TokenSet` is accepted.
 *
 * @publicApi
 */
export interface RevokeLoginOptions {
  /** An access token of the same sign-in, expired or not: identifies the sign-in to the guards. */
  readonly accessToken?: string | undefined;
}

/**
 * Managed login and the OAuth 2.0 endpoints of a user pool's domain: sign-in by authorization code with PKCE, `state` and
 * `nonce`, which cannot be turned off; renewal, revocation, userInfo, logout; and tokens for calls from machine to machine.
 * It requires the option `oauth`; without it every method throws a `MandateError` with the code OAUTH_NOT_CONFIGURED,
 * except `clientToken` by way of the API.
 *
 * Every error is a `MandateError`. Those of requests to the domain are: a `CognitoOAuthError` if the domain refuses the
 * request, with CLIENT_UNAUTHORIZED or OAUTH_GRANT_NOT_ALLOWED if the app client is misconfigured; a
 * `CognitoUnavailableError` if the domain is unreachable, too slow, or its answer unreadable; and a `MandateError` with the
 * code TOO_MANY_REQUESTS. What an identity provider or Cognito says in words is in `CognitoOAuthError.description`, and in
 * no message.
 *
 * @publicApi
 */
export class CognitoOAuthService {
  constructor(private readonly parts: CognitoOAuthServiceParts) {}

  /**
   * Starts a sign-in. Makes no request.
   *
   * @returns where to send the browser, and what to remember for this browser until it comes back.
   * @throws MandateArgumentError if an option is unknown or invalid.
   * @throws MandateConfigurationError without the option `oauth.redirectUri`.
   * @example
   * const { url, transaction } = await oauth.startLogin({ identityProvider: 'Google' });
   */
  async startLogin(options?: StartLoginOptions): Promise<StartedLogin> {
    return this.parts.startLogin(options);
  }

  /**
   * Completes a sign-in: redeems the code of the callback, and verifies the id token, with its nonce, and the access token
   * as the guard verifies tokens. A `customCheck` of the module sees both. The tokens are renewed at the token endpoint, by
   * this service and by `CognitoService`.
   *
   * @param callback - the query of the callback. A transaction is for one callback: forget it before you call this.
   * @param transaction - what `startLogin` returned for this browser; `undefined` if nothing is known of it, which fails
   *   with the error that the callback reports, and with OAUTH_STATE_MISMATCH if it reports none.
   * @throws CognitoOAuthError with the code OAUTH_LOGIN_FAILED, OAUTH_LOGIN_DENIED, OAUTH_LOGIN_REQUIRED (with the prompt
   *   `none`), OAUTH_SCOPE_INVALID or OAUTH_CODE_INVALID.
   * @throws MandateError with the code OAUTH_CALLBACK_INVALID, OAUTH_STATE_MISMATCH, OAUTH_TRANSACTION_EXPIRED (ten
   *   minutes) or OAUTH_NONCE_MISMATCH.
   * @throws TokenRejectedError, SigningKeysUnavailableError or RevocationCheckFailedError, as from the pool's verifier.
   */
  async completeLogin(callback: URLSearchParams, transaction: LoginTransaction | undefined): Promise<TokenSet> {
    return this.parts.completeLogin(callback, transaction);
  }

  /**
   * Renews tokens at the token endpoint, which keeps the binding to a resource. Calls with the same refresh token that
   * overlap share one request. Tokens of a sign-in by the API with a remembered device cannot be renewed here. A renewed
   * token is verified where it is used.
   *
   * @throws CognitoOAuthError with the code REFRESH_TOKEN_INVALID: the sign-in is over. No other error says that.
   */
  async renewTokens(refreshToken: string): Promise<RenewedLogin> {
    return this.parts.renewTokens(refreshToken);
  }

  /**
   * Ends one sign-in: its refresh token and the access tokens that were issued with it. Guards learn of it as from
   * `CognitoService.revokeToken`, so pass an access token with it. The session at the domain stays: see `logoutUrl`.
   *
   * @example await oauth.revokeToken(tokens.refreshToken, tokens);
   * @throws CognitoOAuthError with the code TOKEN_TYPE_UNSUPPORTED if it is not a refresh token, or
   *   TOKEN_REVOCATION_NOT_ENABLED.
   * @throws RevocationNotRecordedError with the option `revocation`, after the refresh token was revoked.
   * @throws TokenRejectedError with a store, after the refresh token was revoked, if the access token is not genuine.
   * @throws MandateArgumentError if the access token is of another app client, whose refresh token stays valid.
   */
  async revokeToken(refreshToken: string, options?: RevokeLoginOptions): Promise<void> {
    await this.parts.revokeToken(refreshToken, options);
  }

  /**
   * Reads the user's attributes that the scopes of the access token allow. It requires a token of a sign-in at managed
   * login, with the scope `openid`.
   *
   * @throws CognitoOAuthError with the code ACCESS_TOKEN_INVALID or ACCESS_TOKEN_SCOPE_MISSING.
   * @throws MandateError with the code ACCESS_TOKEN_EXPIRED.
   * @throws UnexpectedAnswerError if the answer is about another user.
   */
  async getUserInfo(accessToken: string): Promise<UserInfo> {
    return this.parts.getUserInfo(accessToken);
  }

  /**
   * Where to send the browser to end its session at the domain, which would otherwise sign the user in again without a
   * question. Social and OIDC providers keep their own sessions. Tokens stay valid: revoke them too.
   *
   * @throws MandateArgumentError if `logoutUri` is not one of the option `oauth.logoutUri`.
   * @throws MandateConfigurationError without the option `oauth.logoutUri`.
   */
  logoutUrl(options?: LogoutUrlOptions): string {
    return this.parts.logoutUrl(options);
  }

  /**
   * A token of the app client itself, for calls from machine to machine. Tokens are remembered by client, scopes and
   * metadata until about a minute before they expire, calls that overlap share one request, and a failure is answered from
   * memory for five seconds: each token costs money, and their number per second is limited.
   *
   * @throws CognitoOAuthError with the code OAUTH_SCOPE_INVALID; by way of the API, CognitoServiceError.
   * @throws MandateConfigurationError without the option `clientSecret`.
   */
  async clientToken(options?: ClientTokenOptions): Promise<ClientToken> {
    return this.parts.clientToken(options);
  }

  /**
   * The same service for the pool of a tenant, whose users sign in at its own domain. Its tokens are verified as the guard
   * verifies them, by the list of the option `tenants`. It costs nothing to call this for each request: renewals under way
   * and machine tokens are shared. By way of the API, `clientToken` reaches pools in the module's own Region only.
   *
   * @throws MandateConfigurationError without the option `tenants`, or if an option of the tenant is invalid.
   */
  forTenant(tenant: OAuthTenant): CognitoOAuthService {
    return this.parts.forTenant(tenant);
  }
}
