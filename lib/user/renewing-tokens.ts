import type { MandateErrorCode } from '../errors/error-codes.js';
import { MandateError } from '../errors/mandate-error.js';
import { SingleFlight } from '../memory/single-flight.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { Clock } from '../time/clock.js';
import { SessionCallbacks, type TokenSessionCallbacks } from './session-callbacks.js';
import type { RenewTokensRequest } from './token-renewal.flow.js';
import { TokenStoring, type Wait } from './token-storing.js';
import { withExpiry } from './with-expiry.js';

/**
 * Options of a token session.
 *
 * @publicApi
 */
export interface TokenSessionOptions
  extends Pick<RenewTokensRequest, 'username' | 'deviceKey' | 'method' | 'clientMetadata'>, TokenSessionCallbacks {
  /** How long before their expiry tokens are renewed, in milliseconds. Default: 60,000. */
  readonly renewBefore?: number | undefined;
}

type NextTokens =
  | { readonly renewed: TokenSet; readonly stored?: undefined }
  | { readonly renewed?: undefined; readonly stored: TokenSet };

/** Dependencies of `RenewingTokens`. */
export interface RenewingTokensDependencies {
  readonly renew: (request: RenewTokensRequest) => Promise<TokenSet>;
  readonly clock: Clock;
  readonly wait: Wait;
}

const RENEW_BEFORE = 60_000;

/** How often a renewal goes on with reloaded tokens. */
const MAX_RELOADS = 3;

/** Delays before tokens are reloaded again after another instance has renewed them, in milliseconds. */
const RELOAD_DELAYS = [100, 200, 400, 800, 1_600];

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

/** Whether the error of a renewal means that the refresh token will never work again. */
export function isSignInOver(error: unknown): error is MandateError {
  return error instanceof MandateError && PERMANENT.has(error.code);
}

/** The tokens of a token session: renewed shortly before they expire, once for all calls that wait, until it ends. */
export class RenewingTokens {
  // Private by `#`, so that no dump of this object contains the tokens.
  #tokens: TokenSet | undefined;
  readonly #renewals = new SingleFlight<'renewal', TokenSet>();
  readonly #callbacks: SessionCallbacks;
  readonly #storing: TokenStoring;

  constructor(
    private readonly dependencies: RenewingTokensDependencies,
    tokens: TokenSet,
    private readonly options: TokenSessionOptions,
  ) {
    this.#tokens = withExpiry(tokens, 'tokens');
    this.#callbacks = new SessionCallbacks(options);
    this.#storing = new TokenStoring(this.#callbacks, dependencies.clock, dependencies.wait);
  }

  /** The current tokens; undefined once the token session has ended. */
  get current(): TokenSet | undefined {
    return this.#tokens;
  }

  /** An access token that is valid for a while, renewed if necessary. Waits for a renewal that is under way. */
  async accessToken(): Promise<string> {
    const tokens = this.require();
    if (this.#renewals.size === 0 && !this.isDue(tokens)) {
      await this.#storing.catchUp();
      return tokens.accessToken;
    }
    try {
      return (await this.renew()).accessToken;
    } catch (error) {
      // During an outage a token that has not expired is still used. If the tokens were renewed and only `onRenewed`
      // failed, the application must know: the refresh token that it stored may be used up.
      if (this.#tokens === tokens && tokens.expiresAt > this.dependencies.clock()) {
        return tokens.accessToken;
      }
      throw error;
    }
  }

  /** Renews the tokens now. Calls that overlap share one renewal. */
  async renew(): Promise<TokenSet> {
    return this.#renewals.run('renewal', async () => this.runRenewal());
  }

  /** Ends the token session; has no effect the second time. */
  async end(): Promise<void> {
    if (this.#tokens !== undefined) {
      this.#tokens = undefined;
      this.#storing.abandon();
      // The application must not store renewed tokens after `onEnded` was called.
      await this.#storing.settled;
      await this.#callbacks.ended();
    }
  }

  private isDue({ expiresAt }: TokenSet): boolean {
    return expiresAt - this.dependencies.clock() <= (this.options.renewBefore ?? RENEW_BEFORE);
  }

  private require(): TokenSet {
    if (this.#tokens === undefined) {
      throw new MandateError('TOKEN_SESSION_ENDED', 'The token session has ended. Sign in again.');
    }
    return this.#tokens;
  }

  private async runRenewal(): Promise<TokenSet> {
    for (let reloads = 0; ; reloads += 1) {
      const tokens = this.require();
      const { renewed, stored } = await this.next(tokens, reloads < MAX_RELOADS);
      if (renewed !== undefined) {
        return this.replace(tokens, renewed);
      }
      this.require();
      this.#tokens = stored;
      this.#storing.abandon();
      if (!this.isDue(stored)) {
        return stored;
      }
    }
  }

  /** Renewed tokens or, if another instance has renewed them, those that it has stored. Otherwise ends the session. */
  private async next(tokens: TokenSet, mayReload: boolean): Promise<NextTokens> {
    const { username, deviceKey, method, clientMetadata } = this.options;
    const { accessToken, refreshToken, grantType } = tokens;
    if (refreshToken === undefined) {
      throw new MandateError('REFRESH_TOKEN_INVALID', 'The token session has no refresh token. Sign in again.');
    }
    const request = { refreshToken, accessToken, grantType, username, deviceKey, method, clientMetadata };
    try {
      return { renewed: await this.dependencies.renew(request) };
    } catch (error) {
      if (!isSignInOver(error)) {
        throw error;
      }
      const stored = mayReload ? await this.reload(tokens, error.code) : undefined;
      if (stored !== undefined) {
        return { stored };
      }
      await this.end();
      throw error;
    }
  }

  /** The stored tokens, if they hold another refresh token than the one that was rejected. */
  private async reload(
    { refreshToken: rejected, grantType }: TokenSet,
    code: MandateErrorCode,
  ): Promise<TokenSet | undefined> {
    if (!this.#callbacks.canReload) {
      return undefined;
    }
    let stored = await this.#callbacks.reload();
    // The token endpoint does not tell a token that another instance has just used from any other that is invalid.
    const mayBeReused = code === 'REFRESH_TOKEN_REUSED' || grantType !== undefined;
    for (const delay of mayBeReused ? RELOAD_DELAYS : []) {
      if (stored?.refreshToken !== rejected) {
        break;
      }
      await this.dependencies.wait(delay);
      stored = await this.#callbacks.reload();
    }
    return stored?.refreshToken === rejected ? undefined : stored;
  }

  /** @throws MandateError with the code TOKEN_SESSION_ENDED if the token session ended during the renewal. */
  private async replace(old: TokenSet, renewed: TokenSet): Promise<TokenSet> {
    this.require();
    try {
      await this.#storing.store(renewed, () => this.#tokens === old);
    } finally {
      if (this.#tokens === old) {
        this.#tokens = renewed;
      }
    }
    return this.require();
  }
}
