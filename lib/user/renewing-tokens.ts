import type { MandateErrorCode } from '../errors/error-codes.js';
import { MandateError } from '../errors/mandate-error.js';
import { SingleFlight } from '../memory/single-flight.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { Clock } from '../time/clock.js';
import type { RenewTokensRequest } from './token-renewal.flow.js';

/**
 * Options of a token session.
 *
 * @publicApi
 */
export interface TokenSessionOptions extends Pick<
  RenewTokensRequest,
  'username' | 'deviceKey' | 'method' | 'clientMetadata'
> {
  /** How long before their expiry tokens are renewed, in milliseconds. Default: 60,000. */
  readonly renewBefore?: number | undefined;
  /**
   * Called once for each renewal and awaited before the renewed tokens are used: store them here. If it fails, the
   * calls that wait for the renewal fail with its error, and the token session keeps the renewed tokens. Calls of the
   * token session wait for it, so it must not wait for one of them.
   */
  readonly onRenewed?: ((tokens: TokenSet) => unknown) | undefined;
  /** Called once, when Cognito rejects the refresh token permanently or after `logout` or `deleteUser`. */
  readonly onEnded?: (() => unknown) | undefined;
}

/** Dependencies of `RenewingTokens`. */
export interface RenewingTokensDependencies {
  readonly renew: (request: RenewTokensRequest) => Promise<TokenSet>;
  readonly clock: Clock;
}

const RENEW_BEFORE = 60_000;

/** Rejections after which a refresh token is useless. Throttling and outages are not among them. */
const PERMANENT: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'NOT_AUTHORIZED',
  'PASSWORD_RESET_REQUIRED',
  'REFRESH_TOKEN_EXPIRED',
  'REFRESH_TOKEN_INVALID',
  'REFRESH_TOKEN_REUSED',
  'REFRESH_TOKEN_REVOKED',
  'REFRESH_TOKEN_USER_DELETED',
  'SIGN_IN_BLOCKED',
  'USER_DISABLED',
  'USER_NOT_CONFIRMED',
  'USER_NOT_FOUND',
  'USER_STATE_UNSUPPORTED',
]);

/** The tokens of a token session: renewed shortly before they expire, once for all calls that wait, until it ends. */
export class RenewingTokens {
  // Private by `#`, so that no dump of this object contains the tokens.
  #tokens: TokenSet | undefined;
  readonly #renewals = new SingleFlight<'renewal', TokenSet>();
  /** The pending call of `onRenewed`; never rejects. */
  #storing: Promise<unknown> | undefined;

  constructor(
    private readonly dependencies: RenewingTokensDependencies,
    tokens: TokenSet,
    private readonly options: TokenSessionOptions,
  ) {
    this.#tokens = tokens;
  }

  /** The current tokens; undefined once the token session has ended. */
  get current(): TokenSet | undefined {
    return this.#tokens;
  }

  /** An access token that is valid for a while, renewed if necessary. Waits for a renewal that is under way. */
  async accessToken(): Promise<string> {
    const tokens = this.require();
    const left = tokens.expiresAt - this.dependencies.clock();
    if (this.#renewals.size === 0 && left > (this.options.renewBefore ?? RENEW_BEFORE)) {
      return tokens.accessToken;
    }
    try {
      return (await this.renew()).accessToken;
    } catch (error) {
      // During an outage a token that has not expired is still used. If the tokens were renewed and only `onRenewed`
      // failed, the application must know: the refresh token that it stored may be used up.
      if (this.#tokens === tokens && left > 0) {
        return tokens.accessToken;
      }
      throw error;
    }
  }

  /** Renews the tokens now. Calls that overlap share one renewal. */
  async renew(): Promise<TokenSet> {
    return this.#renewals.run('renewal', async () => this.runRenewal(this.require()));
  }

  /** Ends the token session; has no effect the second time. */
  async end(): Promise<void> {
    if (this.#tokens !== undefined) {
      this.#tokens = undefined;
      // The application must not store renewed tokens after `onEnded` was called.
      await this.#storing;
      await this.options.onEnded?.();
    }
  }

  private require(): TokenSet {
    if (this.#tokens === undefined) {
      throw new MandateError('TOKEN_SESSION_ENDED', 'The token session has ended. Sign in again.');
    }
    return this.#tokens;
  }

  private async runRenewal(tokens: TokenSet): Promise<TokenSet> {
    const { username, deviceKey, method, clientMetadata } = this.options;
    if (tokens.refreshToken === undefined) {
      throw new MandateError('REFRESH_TOKEN_INVALID', 'The token session has no refresh token. Sign in again.');
    }
    const { accessToken, refreshToken } = tokens;
    const request = { refreshToken, accessToken, username, deviceKey, method, clientMetadata };
    const renewed = await this.dependencies.renew(request).catch(async (error: unknown) => {
      if (error instanceof MandateError && PERMANENT.has(error.code)) {
        await this.end();
      }
      throw error;
    });
    await this.store(tokens, renewed);
    return this.require();
  }

  /** @throws MandateError with the code TOKEN_SESSION_ENDED if the token session ended during the renewal. */
  private async store(old: TokenSet, renewed: TokenSet): Promise<void> {
    this.require();
    const storing = Promise.resolve(renewed).then(this.options.onRenewed);
    this.#storing = storing.catch(() => undefined);
    try {
      await storing;
    } finally {
      if (this.#tokens === old) {
        this.#tokens = renewed;
      }
    }
  }
}
