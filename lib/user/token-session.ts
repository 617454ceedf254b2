import type { AttributeUpdates } from '../attributes/user-attributes.js';
import type { CodeDelivery } from '../client/shapes/code-delivery.js';
import type { MandateErrorCode } from '../errors/error-codes.js';
import { MandateError } from '../errors/mandate-error.js';
import { requireObject } from '../errors/require-argument.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { Clock } from '../time/clock.js';
import { RevocationNotRecordedError } from '../tokens/revocation/token-revoker.js';
import type { RenewTokensRequest } from './token-renewal.flow.js';
import type { CognitoAttributes, SendVerificationRequest, ValidateVerificationRequest } from './user-attributes.js';
import type { ChangePasswordRequest, UserAccount, UserAccountFlow } from './user-account.js';

/** How a session keeps its tokens. */
export interface TokenSessionOptions extends Pick<
  RenewTokensRequest,
  'username' | 'deviceKey' | 'method' | 'clientMetadata'
> {
  /** Milliseconds before expiry at which the tokens are renewed. Default 60,000. */
  readonly renewBefore?: number | undefined;
  /**
   * Told about each renewal once and awaited before the renewed tokens are used: the place to store them. If it fails, the
   * calls that wait for the renewal fail with its error; the session itself goes on with the renewed tokens. Calls of the
   * session wait for it, so it must not wait for one of them.
   */
  readonly onRenewed?: ((tokens: TokenSet) => unknown) | undefined;
  /** Told once when Cognito refuses the refresh token for good, and after `logout` and `deleteUser`. */
  readonly onEnded?: (() => unknown) | undefined;
}

/** What a session is made of. */
export interface TokenSessionDependencies<Attributes extends object> {
  readonly account: UserAccountFlow<Attributes>;
  readonly attributes: CognitoAttributes<Attributes>;
  readonly renew: (request: RenewTokensRequest) => Promise<TokenSet>;
  readonly signOut: (accessToken: string) => Promise<void>;
  readonly clock: Clock;
}

/** Refusals after which a refresh token is worth nothing. Throttling and outages are not among them. */
const DEFINITE: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
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

/**
 * A signed-in user with the tokens inside: the verbs of `CognitoService` without the token argument. The tokens are renewed
 * shortly before they expire, once, however many calls wait for it.
 */
export class TokenSession<Attributes extends object> {
  #tokens: TokenSet | undefined;
  #renewal: Promise<TokenSet> | undefined;
  /** `onRenewed` at work; never rejects. */
  #storing: Promise<unknown> | undefined;

  constructor(
    private readonly dependencies: TokenSessionDependencies<Attributes>,
    tokens: TokenSet,
    private readonly options: TokenSessionOptions = {},
  ) {
    requireObject('tokens', tokens);
    requireObject('options', options);
    this.#tokens = tokens;
  }

  /** The current tokens; undefined once the session has ended. */
  get tokens(): TokenSet | undefined {
    return this.#tokens;
  }

  /**
   * An access token that is good for a while, renewed if it must be; waits for a renewal that runs already.
   *
   * @throws MandateError with the code TOKEN_SESSION_ENDED when the session has ended, or why the renewal failed.
   */
  async accessToken(): Promise<string> {
    const tokens = this.current();
    const left = tokens.expiresAt - this.dependencies.clock();
    if (this.#renewal === undefined && left > (this.options.renewBefore ?? 60_000)) {
      return tokens.accessToken;
    }
    try {
      return (await this.renew()).accessToken;
    } catch (error) {
      // During an outage a token that is still good goes on being used. If the tokens were renewed and only `onRenewed`
      // failed, the application has to know: it holds a refresh token that may be spent.
      if (this.#tokens === tokens && left > 0) {
        return tokens.accessToken;
      }
      throw error;
    }
  }

  /** Renews the tokens now. Calls that overlap share one renewal. */
  async renew(): Promise<TokenSet> {
    this.#renewal ??= this.runRenewal(this.current()).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async getUser(): Promise<UserAccount<Attributes>> {
    return this.dependencies.account.get(await this.accessToken());
  }

  async updateProfile(attributes: AttributeUpdates<Attributes>): Promise<CodeDelivery[]> {
    requireObject('attributes', attributes);
    return this.dependencies.attributes.update({ accessToken: await this.accessToken(), attributes });
  }

  async changePassword(request: Omit<ChangePasswordRequest, 'accessToken'>): Promise<void> {
    requireObject('request', request);
    await this.dependencies.account.changePassword({ ...request, accessToken: await this.accessToken() });
  }

  async sendVerification(request: Omit<SendVerificationRequest, 'accessToken'> = {}): Promise<CodeDelivery> {
    requireObject('request', request);
    return this.dependencies.attributes.sendVerification({ ...request, accessToken: await this.accessToken() });
  }

  async validateVerification(request: Omit<ValidateVerificationRequest, 'accessToken'>): Promise<void> {
    requireObject('request', request);
    await this.dependencies.attributes.validateVerification({ ...request, accessToken: await this.accessToken() });
  }

  /**
   * Signs the user out everywhere and ends the session.
   *
   * @throws RevocationNotRecordedError with the option `revocation`, after the session ended.
   */
  async logout(): Promise<void> {
    await this.endAfter(this.dependencies.signOut(await this.accessToken()));
  }

  /**
   * Deletes the account and ends the session.
   *
   * @throws RevocationNotRecordedError with the option `revocation`, after the session ended.
   */
  async deleteUser(): Promise<void> {
    await this.endAfter(this.dependencies.account.delete(await this.accessToken()));
  }

  private current(): TokenSet {
    if (this.#tokens === undefined) {
      throw new MandateError('TOKEN_SESSION_ENDED', 'The session has ended. Sign in again.');
    }
    return this.#tokens;
  }

  private async runRenewal(tokens: TokenSet): Promise<TokenSet> {
    const { username, deviceKey, method, clientMetadata } = this.options;
    if (tokens.refreshToken === undefined) {
      throw new MandateError('REFRESH_TOKEN_INVALID', 'The session has no refresh token; sign in again.');
    }
    const { accessToken, refreshToken } = tokens;
    const request = { refreshToken, accessToken, username, deviceKey, method, clientMetadata };
    const renewed = await this.dependencies.renew(request).catch(async (error: unknown) => {
      if (error instanceof MandateError && DEFINITE.has(error.code)) {
        await this.end();
      }
      throw error;
    });
    await this.store(tokens, renewed);
    return this.current();
  }

  /**
   * Tells the application and goes on with the renewed tokens.
   *
   * @throws MandateError with the code TOKEN_SESSION_ENDED when the session ended while they were on their way.
   */
  private async store(old: TokenSet, renewed: TokenSet): Promise<void> {
    this.current();
    const telling = Promise.resolve(renewed).then(this.options.onRenewed);
    this.#storing = telling.catch(() => undefined);
    try {
      await telling;
    } finally {
      if (this.#tokens === old) {
        this.#tokens = renewed;
      }
    }
  }

  private async endAfter(operation: Promise<void>): Promise<void> {
    await operation.catch(async (error: unknown) => {
      if (error instanceof RevocationNotRecordedError) {
        // Cognito ended the sign-ins; only the guards do not know.
        await this.end();
      }
      throw error;
    });
    await this.end();
  }

  private async end(): Promise<void> {
    if (this.#tokens !== undefined) {
      this.#tokens = undefined;
      // Whoever stores renewed tokens just now would store them after the end.
      await this.#storing;
      await this.options.onEnded?.();
    }
  }
}
