import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { ClientToken, ClientTokenOptions } from './client-token.js';
import type { LoginTransaction } from './login-transaction.js';
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
 * Managed login and the OAuth 2.0 endpoints of a user pool's domain: sign-in by authorization code with PKCE, state and
 * nonce, renewal, revocation, userInfo, logout, and tokens for calls from machine to machine. It requires the option
 * `oauth`.
 *
 * @publicApi
 */
export class CognitoOAuthService {
  constructor(private readonly parts: CognitoOAuthServiceParts) {}

  /** Starts a sign-in: returns where to send the browser, and what to remember until it comes back. */
  async startLogin(options?: StartLoginOptions): Promise<StartedLogin> {
    return this.parts.startLogin(options);
  }

  /**
   * Completes a sign-in with the query of the callback.
   *
   * @param transaction - what `startLogin` returned for this browser; undefined if nothing is known of it, which fails
   *   with the provider's error if the callback reports one, and with OAUTH_STATE_MISMATCH otherwise.
   */
  async completeLogin(callback: URLSearchParams, transaction: LoginTransaction | undefined): Promise<TokenSet> {
    return this.parts.completeLogin(callback, transaction);
  }

  /** Renews tokens at the token endpoint. Calls with the same refresh token that overlap share one request. */
  async renewTokens(refreshToken: string): Promise<RenewedLogin> {
    return this.parts.renewTokens(refreshToken);
  }

  /** Ends one sign-in: its refresh token and its access tokens. Guards learn of it as from `CognitoService.revokeToken`. */
  async revokeToken(refreshToken: string, options?: RevokeLoginOptions): Promise<void> {
    await this.parts.revokeToken(refreshToken, options);
  }

  /** The user's attributes that the scopes of the access token allow. */
  async getUserInfo(accessToken: string): Promise<UserInfo> {
    return this.parts.getUserInfo(accessToken);
  }

  /** Where to send the browser to end its session at the domain. Tokens stay valid: revoke them too. */
  logoutUrl(options?: LogoutUrlOptions): string {
    return this.parts.logoutUrl(options);
  }

  /** A token of the app client itself, from the cache while it is valid. */
  async clientToken(options?: ClientTokenOptions): Promise<ClientToken> {
    return this.parts.clientToken(options);
  }
}
