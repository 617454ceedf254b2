import { MandateError } from '../../../lib/errors/mandate-error.js';
import type { LoginTransaction } from '../../../lib/oauth/login-transaction.js';
import type { LogoutUrlOptions, StartLoginOptions } from '../../../lib/oauth/start-login-options.js';
import type { TokenSet } from '../../../lib/protocol/authentication-outcome.js';
import type { Clock } from '../../../lib/time/clock.js';
import type { TestTokenIssuer } from '../../../lib/testing/test-token-issuer.js';

export const REDIRECT_URI = 'https://app.example.com/auth/callback';

/** Signs tokens in the place of Cognito, for its API and its token endpoint; counts, delays and refuses on demand. */
export class FakeCognito {
  renewals = 0;
  readonly revoked: string[] = [];
  readonly signedOut: string[] = [];
  readonly logins: StartLoginOptions[] = [];
  /** What the next renewals fail with. */
  failure: Error | undefined;
  /** Awaited by each renewal, after it was counted. */
  gate: Promise<unknown> = Promise.resolve();
  /** Called by each renewal. */
  onRenewal: () => void = () => undefined;
  /** What the next login fails with. */
  loginFailure: Error | undefined;
  redirectUri: string | undefined = REDIRECT_URI;
  /** Whether a refresh token works once only. */
  rotates = true;
  groups: readonly string[] = [];
  /** Refresh tokens that no longer work. */
  readonly used = new Set<string>();
  #count = 0;

  constructor(
    private readonly issuer: TestTokenIssuer,
    private readonly clock: Clock,
  ) {}

  /** Tokens of a user, as a sign-in returns them. */
  tokens(username = 'ann', grantType?: 'authorization_code'): TokenSet {
    this.#count += 1;
    return {
      accessToken: this.issuer.signToken({ username, groups: [...this.groups] }),
      idToken: this.issuer.signToken({
        tokenUse: 'id',
        username,
        claims: { email: `${username}@example.com`, renewal: this.#count },
      }),
      refreshToken: `refresh-${username}-${String(this.#count)}-`.padEnd(1_700, 'r'),
      expiresAt: this.clock() + 3_600_000,
      tokenType: 'Bearer',
      ...(grantType && { grantType }),
    };
  }

  async #renew(refreshToken: string, grantType?: 'authorization_code'): Promise<TokenSet> {
    this.renewals += 1;
    this.onRenewal();
    const isUsed = this.used.has(refreshToken);
    await this.gate;
    if (this.failure !== undefined) {
      throw this.failure;
    }
    if (isUsed) {
      throw new MandateError('REFRESH_TOKEN_REUSED', 'used');
    }
    if (this.rotates) {
      this.used.add(refreshToken);
    }
    return this.tokens(refreshToken.split('-')[1], grantType);
  }

  /** In the place of `CognitoService`. */
  readonly api = {
    renewTokens: async ({ refreshToken = '' }: { refreshToken?: string }) => this.#renew(refreshToken),
    revokeToken: (refreshToken: string) => {
      this.revoked.push(refreshToken);
      this.used.add(refreshToken);
      return Promise.resolve();
    },
    logout: (accessToken: string) => {
      this.signedOut.push(accessToken);
      return Promise.resolve();
    },
  };

  /** In the place of `CognitoOAuthService`. */
  readonly oauth = {
    startLogin: (options: StartLoginOptions = {}) => {
      if (this.redirectUri === undefined) {
        return Promise.reject(new MandateError('OAUTH_NOT_CONFIGURED', 'no oauth'));
      }
      this.logins.push(options);
      const state = `state-${String(this.logins.length)}`;
      const transaction: LoginTransaction = {
        state,
        nonce: 'nonce',
        codeVerifier: 'verifier',
        redirectUri: this.redirectUri,
        startedAt: this.clock(),
      };
      return Promise.resolve({ url: `https://domain.example.com/oauth2/authorize?state=${state}`, transaction });
    },
    completeLogin: (callback: URLSearchParams, transaction: LoginTransaction | undefined) => {
      if (this.loginFailure !== undefined) {
        return Promise.reject(this.loginFailure);
      }
      if (callback.has('error')) {
        return Promise.reject(new MandateError('OAUTH_LOGIN_FAILED', 'The sign-in failed.'));
      }
      if (callback.get('state') !== transaction?.state) {
        return Promise.reject(new MandateError('OAUTH_STATE_MISMATCH', 'not of this browser'));
      }
      return Promise.resolve(this.tokens(callback.get('code') ?? '', 'authorization_code'));
    },
    renewTokens: async (refreshToken: string) => this.#renew(refreshToken, 'authorization_code'),
    revokeToken: async (refreshToken: string) => this.api.revokeToken(refreshToken),
    logoutUrl: (options: LogoutUrlOptions = {}) =>
      `https://domain.example.com/logout?client_id=x&logout_uri=${encodeURIComponent(options.logoutUri ?? 'https://app.example.com/bye')}`,
  };
}
