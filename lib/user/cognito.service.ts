import type { CodeDelivery } from '../client/shapes/code-delivery.js';
import type { AuthenticationOutcome, TokenSet } from '../protocol/authentication-outcome.js';
import type { AnswerOf, Challenge } from '../protocol/challenge.js';
import type { UserAttributes } from '../attributes/user-attributes.js';
import type { TokenExpectations, Verifier } from '../tokens/verifier.js';
import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import type { TokenSession, TokenSessionOptions } from './token-session.js';
import type { ConfirmForgotPasswordRequest, PasswordRecoveryFlow } from './password-recovery.flow.js';
import type {
  ConfirmSignUpRequest,
  RegisterRequest,
  Registration,
  RegistrationFlow,
  SignUpConfirmation,
  UsernameRequest,
} from './registration.flow.js';
import type { AuthenticateRequest, RespondOptions, SignInFlow } from './sign-in.flow.js';
import type { RevokeTokenOptions, SignOutFlow } from './sign-out.flow.js';
import type { RenewedTokens, RenewTokensRequest, TokenRenewalFlow } from './token-renewal.flow.js';
import type { CheckedTokens, CheckTokenOptions, TokenCheckFlow } from './token-check.flow.js';
import type { ChangePasswordRequest, UserAccount, UserAccountFlow } from './user-account.js';
import type {
  CognitoAttributes,
  SendVerificationRequest,
  UpdateAttributesRequest,
  ValidateVerificationRequest,
} from './user-attributes.js';
import type { CognitoDevices } from './user-devices.js';
import type { CognitoMfa } from './user-mfa.js';
import type { CognitoPasskeys } from './user-passkeys.js';
import type { CognitoSessions } from './user-sessions.js';

/** What the service is made of; see `createCognitoService`. */
export interface CognitoServiceParts<Attributes extends object> {
  readonly registration: RegistrationFlow<Attributes>;
  readonly signIn: SignInFlow<Attributes>;
  readonly renewal: TokenRenewalFlow;
  readonly check: TokenCheckFlow;
  readonly recovery: PasswordRecoveryFlow;
  readonly account: UserAccountFlow<Attributes>;
  readonly signOut: SignOutFlow;
  readonly verifier: Pick<Verifier, 'verify'>;
  readonly openSession: (tokens: TokenSet, options?: TokenSessionOptions) => TokenSession<Attributes>;
  readonly attributes: CognitoAttributes<Attributes>;
  readonly mfa: CognitoMfa;
  readonly devices: CognitoDevices;
  readonly passkeys: CognitoPasskeys;
  readonly sessions: CognitoSessions;
}

/**
 * Everything that a user of a pool does: no method needs AWS credentials. Every failure is a `MandateError`: a
 * `CognitoServiceError` when Cognito refuses, a `CognitoUnavailableError` when it cannot be reached, a
 * `MandateArgumentError` when nothing was sent because an argument cannot be right.
 *
 * @typeParam Attributes - the user attributes under the application's names; see `defineAttributes`.
 */
export class CognitoService<Attributes extends object = UserAttributes> {
  /** Reads, changes, removes and verifies a user's own attributes. */
  readonly attributes: CognitoAttributes<Attributes>;
  /** Second factors. */
  readonly mfa: CognitoMfa;
  /** Devices that the pool tracks. */
  readonly devices: CognitoDevices;
  /** Passkeys. */
  readonly passkeys: CognitoPasskeys;
  /** Sessions over all app clients, where the pool tracks them. */
  readonly sessions: CognitoSessions;

  constructor(private readonly parts: CognitoServiceParts<Attributes>) {
    this.attributes = parts.attributes;
    this.mfa = parts.mfa;
    this.devices = parts.devices;
    this.passkeys = parts.passkeys;
    this.sessions = parts.sessions;
  }

  /**
   * Signs a new user up (SignUp).
   *
   * @throws CognitoServiceError with the code USERNAME_EXISTS, ALIAS_EXISTS, PASSWORD_INVALID, PARAMETER_INVALID
   *   (an attribute), TRIGGER_REFUSED or CODE_DELIVERY_FAILED.
   */
  async register(request: RegisterRequest<Attributes>): Promise<Registration> {
    return this.parts.registration.register(request);
  }

  /**
   * Takes the code that `register` sent (ConfirmSignUp).
   *
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS or NOT_AUTHORIZED (confirmed
   *   already).
   */
  async confirmSignUp(request: ConfirmSignUpRequest): Promise<SignUpConfirmation> {
    return this.parts.registration.confirm(request);
  }

  /**
   * Sends another sign-up code (ResendConfirmationCode). Cognito allows five an hour.
   *
   * @throws CognitoServiceError with the code LIMIT_EXCEEDED, CODE_DELIVERY_FAILED or PARAMETER_INVALID (confirmed
   *   already).
   */
  async resendConfirmationCode(request: UsernameRequest): Promise<CodeDelivery> {
    return this.parts.registration.resendCode(request);
  }

  /**
   * Signs in, by SRP unless another flow is named (InitiateAuth, RespondToAuthChallenge).
   *
   * @throws CognitoServiceError with the code CREDENTIALS_INVALID, USER_NOT_FOUND, USER_NOT_CONFIRMED, USER_DISABLED,
   *   PASSWORD_RESET_REQUIRED, TEMPORARY_PASSWORD_EXPIRED, ATTEMPTS_EXCEEDED or TRIGGER_REFUSED.
   */
  async authenticate(request: AuthenticateRequest): Promise<AuthenticationOutcome> {
    return this.parts.signIn.authenticate(request);
  }

  /**
   * Answers a challenge of a sign-in, here or on another instance (RespondToAuthChallenge).
   *
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, PASSWORD_INVALID, ATTEMPTS_EXCEEDED,
   *   SESSION_EXPIRED or SESSION_INVALID (the latter two: sign in again).
   */
  async respondToChallenge<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C, Attributes>,
    options?: RespondOptions,
  ): Promise<AuthenticationOutcome> {
    return this.parts.signIn.respond(challenge, answer, options);
  }

  /**
   * New access and id tokens for a refresh token; calls that overlap share one request (GetTokensFromRefreshToken).
   *
   * @throws CognitoServiceError with the code REFRESH_TOKEN_EXPIRED, REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REVOKED,
   *   REFRESH_TOKEN_REUSED or USER_DISABLED: sign in again.
   */
  async renewTokens(request: RenewTokensRequest): Promise<RenewedTokens> {
    return this.parts.renewal.renew(request);
  }

  /**
   * Tells whether the access token has expired by its own word, and renews it then unless told not to.
   *
   * @throws CognitoServiceError with the code REFRESH_TOKEN_..., as from `renewTokens`.
   */
  async checkToken(tokens: TokenSet, options?: CheckTokenOptions): Promise<CheckedTokens> {
    return this.parts.check.check(tokens, options);
  }

  /**
   * The claims of a token of this pool, after its signature and all claims were checked.
   *
   * @throws TokenRejectedError with a code TOKEN_...
   */
  async verifyToken(token: string, expectations?: TokenExpectations): Promise<VerifiedClaims> {
    return this.parts.verifier.verify(token, expectations);
  }

  /**
   * Sends a code to set a forgotten password with (ForgotPassword).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, LIMIT_EXCEEDED, CODE_DELIVERY_FAILED or PARAMETER_INVALID
   *   (no verified address).
   */
  async initiateForgotPassword(request: UsernameRequest): Promise<CodeDelivery> {
    return this.parts.recovery.initiate(request);
  }

  /**
   * Sets a forgotten password (ConfirmForgotPassword).
   *
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, PASSWORD_INVALID, PASSWORD_REUSED or
   *   LIMIT_EXCEEDED.
   */
  async confirmForgotPassword(request: ConfirmForgotPasswordRequest): Promise<void> {
    await this.parts.recovery.confirm(request);
  }

  /**
   * The signed-in user (GetUser).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_EXPIRED, ACCESS_TOKEN_REVOKED, ACCESS_TOKEN_INVALID or
   *   ACCESS_TOKEN_SCOPE_MISSING, as from every method that takes an access token.
   */
  async getUser(accessToken: string): Promise<UserAccount<Attributes>> {
    return this.parts.account.get(accessToken);
  }

  /**
   * Changes one's own attributes (UpdateUserAttributes); returns where verification codes went.
   *
   * @throws CognitoServiceError with the code ALIAS_EXISTS, PARAMETER_INVALID, NOT_AUTHORIZED (not writable) or
   *   CODE_DELIVERY_FAILED.
   */
  async updateProfile(request: UpdateAttributesRequest<Attributes>): Promise<CodeDelivery[]> {
    return this.attributes.update(request);
  }

  /**
   * Changes one's own password (ChangePassword); other sign-ins stay valid.
   *
   * @throws CognitoServiceError with the code CREDENTIALS_INVALID, PASSWORD_INVALID, PASSWORD_REUSED or LIMIT_EXCEEDED.
   */
  async changePassword(request: ChangePasswordRequest): Promise<void> {
    await this.parts.account.changePassword(request);
  }

  /**
   * Deletes one's own account (DeleteUser).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   * @throws TokenRejectedError with the option `revocation`, before anything is sent, if the token is of a pool whose
   *   guard would not see the mark: neither the service's own nor a tenant's.
   * @throws RevocationNotRecordedError with the option `revocation`, after the account was deleted.
   */
  async deleteUser(accessToken: string): Promise<void> {
    await this.parts.account.delete(accessToken);
  }

  /**
   * Ends all sign-ins of the user (GlobalSignOut). Access tokens that are checked by signature alone pass until they
   * expire; with the option `revocation` guards refuse them at once.
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   * @throws TokenRejectedError with the option `revocation`, before anything is sent, if the token is of a pool whose
   *   guard would not see the mark: neither the service's own nor a tenant's.
   * @throws RevocationNotRecordedError with the option `revocation`, after the user was signed out.
   */
  async logout(accessToken: string): Promise<void> {
    await this.parts.signOut.everywhere(accessToken);
  }

  /**
   * Ends one sign-in: its refresh token and the access tokens that came from it (RevokeToken). What guards learn of it
   * depends on the option `revocation`, for a refresh token cannot be read:
   *
   * - with a store and an access token of the sign-in, its tokens are refused at once, on all instances;
   * - with a store and **without** an access token nothing is marked: access and id tokens already issued pass until they
   *   expire, although Cognito takes them no longer;
   * - with `askCognito` this instance asks about every token anew, access token or not; others find out in some seconds;
   * - without the option tokens already issued pass until they expire.
   *
   * @example await cognito.revokeToken(tokens.refreshToken, tokens);
   * @throws CognitoServiceError with the code TOKEN_TYPE_UNSUPPORTED, if it is no refresh token.
   * @throws RevocationNotRecordedError with the option `revocation`, after the refresh token was revoked.
   * @throws TokenRejectedError with a store, after the refresh token was revoked, if the access token is not genuine.
   */
  async revokeToken(refreshToken: string | undefined, options?: RevokeTokenOptions): Promise<void> {
    await this.parts.signOut.revoke(refreshToken, options);
  }

  /**
   * Sends a code to the owner of an e-mail address or phone number (GetUserAttributeVerificationCode).
   *
   * @throws CognitoServiceError with the code LIMIT_EXCEEDED, CODE_DELIVERY_FAILED or PARAMETER_INVALID.
   */
  async sendVerification(request: SendVerificationRequest): Promise<CodeDelivery> {
    return this.attributes.sendVerification(request);
  }

  /**
   * Takes the code back (VerifyUserAttribute).
   *
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED or LIMIT_EXCEEDED.
   */
  async validateVerification(request: ValidateVerificationRequest): Promise<void> {
    await this.attributes.validateVerification(request);
  }

  /** A stateful object that carries the tokens of one user and renews them when due. */
  withTokens(tokens: TokenSet, options?: TokenSessionOptions): TokenSession<Attributes> {
    return this.parts.openSession(tokens, options);
  }
}
