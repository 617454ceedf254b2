import type { AttributeUpdates } from '../attributes/user-attributes.js';
import type { CodeDelivery } from '../client/shapes/code-delivery.js';
import { requireObject } from '../errors/require-argument.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import { RevocationNotRecordedError } from '../tokens/revocation/token-revoker.js';
import { RenewingTokens, type RenewingTokensDependencies, type TokenSessionOptions } from './renewing-tokens.js';
import type { ChangePasswordRequest, UserAccount, UserAccountFlow } from './user-account.flow.js';
import type { CognitoAttributes, SendVerificationRequest, ValidateVerificationRequest } from './user-attributes.js';

/** Dependencies of a token session. */
export interface TokenSessionDependencies<Attributes extends object> extends RenewingTokensDependencies {
  readonly account: UserAccountFlow<Attributes>;
  readonly attributes: CognitoAttributes<Attributes>;
  readonly signOut: (accessToken: string) => Promise<void>;
}

/**
 * A signed-in user with the tokens inside: the methods of `CognitoService` without the access token. The tokens are
 * renewed shortly before they expire, once for all calls that wait. Create one with `cognito.withTokens(tokens)`.
 *
 * Every method throws what `CognitoService.renewTokens` throws if a renewal fails, and a `MandateError` with the code
 * TOKEN_SESSION_ENDED once the token session has ended.
 *
 * @publicApi
 */
export class TokenSession<Attributes extends object> {
  readonly #tokens: RenewingTokens;

  constructor(
    private readonly dependencies: TokenSessionDependencies<Attributes>,
    tokens: TokenSet,
    options: TokenSessionOptions = {},
  ) {
    requireObject('tokens', tokens);
    requireObject('options', options);
    this.#tokens = new RenewingTokens(dependencies, tokens, options);
  }

  /** The current tokens; undefined once the token session has ended. */
  get tokens(): TokenSet | undefined {
    return this.#tokens.current;
  }

  /**
   * Returns an access token that is valid for at least `renewBefore`, renewed if necessary. If the renewal fails, for
   * example in an outage, returns the current token until it expires.
   *
   * @throws MandateError with the code TOKEN_SESSION_ENDED if the token session has ended, or the error of the renewal.
   */
  async accessToken(): Promise<string> {
    return this.#tokens.accessToken();
  }

  /**
   * Renews the tokens now. Calls that overlap share one renewal.
   *
   * @throws CognitoServiceError with the code REFRESH_TOKEN_..., as from `CognitoService.renewTokens`.
   * @throws MandateError with the code TOKEN_SESSION_ENDED if the token session has ended.
   */
  async renew(): Promise<TokenSet> {
    return this.#tokens.renew();
  }

  /**
   * Returns the signed-in user (GetUser).
   *
   * @throws CognitoServiceError as from `CognitoService.getUser`.
   */
  async getUser(): Promise<UserAccount<Attributes>> {
    return this.dependencies.account.get(await this.accessToken());
  }

  /**
   * Sets attributes of the user; null removes one (UpdateUserAttributes).
   *
   * @returns where verification codes were sent for changed e-mail addresses and phone numbers.
   * @throws CognitoServiceError as from `CognitoService.updateProfile`.
   */
  async updateProfile(attributes: AttributeUpdates<Attributes>): Promise<CodeDelivery[]> {
    requireObject('attributes', attributes);
    return this.dependencies.attributes.update({ accessToken: await this.accessToken(), attributes });
  }

  /**
   * Changes the user's password (ChangePassword). All sign-ins stay valid.
   *
   * @throws CognitoServiceError as from `CognitoService.changePassword`.
   */
  async changePassword(request: Omit<ChangePasswordRequest, 'accessToken'>): Promise<void> {
    requireObject('request', request);
    await this.dependencies.account.changePassword({ ...request, accessToken: await this.accessToken() });
  }

  /**
   * Sends a verification code to the user's e-mail address or phone number (GetUserAttributeVerificationCode).
   *
   * @param request - Default: the e-mail address.
   * @returns where the code was sent.
   * @throws CognitoServiceError as from `CognitoService.sendVerification`.
   */
  async sendVerification(request: Omit<SendVerificationRequest, 'accessToken'> = {}): Promise<CodeDelivery> {
    requireObject('request', request);
    return this.dependencies.attributes.sendVerification({ ...request, accessToken: await this.accessToken() });
  }

  /**
   * Verifies an attribute with the code that was sent to it (VerifyUserAttribute).
   *
   * @throws CognitoServiceError as from `CognitoService.validateVerification`.
   */
  async validateVerification(request: Omit<ValidateVerificationRequest, 'accessToken'>): Promise<void> {
    requireObject('request', request);
    await this.dependencies.attributes.validateVerification({ ...request, accessToken: await this.accessToken() });
  }

  /**
   * Ends all sign-ins of the user and the token session (GlobalSignOut).
   *
   * @throws RevocationNotRecordedError with the option `revocation`, after the token session ended.
   */
  async logout(): Promise<void> {
    await this.endAfter(this.dependencies.signOut(await this.accessToken()));
  }

  /**
   * Deletes the account and ends the token session (DeleteUser).
   *
   * @throws RevocationNotRecordedError with the option `revocation`, after the token session ended.
   */
  async deleteUser(): Promise<void> {
    await this.endAfter(this.dependencies.account.delete(await this.accessToken()));
  }

  private async endAfter(operation: Promise<void>): Promise<void> {
    await operation.catch(async (error: unknown) => {
      if (error instanceof RevocationNotRecordedError) {
        // Cognito has ended the sign-ins; only the guards do not know.
        await this.#tokens.end();
      }
      throw error;
    });
    await this.#tokens.end();
  }
}
