import type { CodeDelivery } from '../client/shapes/code-delivery.js';
import type { AuthenticationOutcome, TokenSet } from '../protocol/authentication-outcome.js';
import type { AnswerOf, Challenge } from '../protocol/challenge.js';
import type { UserAttributes } from '../attributes/user-attributes.js';
import type { TokenExpectations, Verifier } from '../tokens/verifier.js';
import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import type { AuthExchange } from '../sign-in/auth-exchange.js';
import type { AuthenticateRequest, RespondOptions } from '../sign-in/auth-requests.js';
import type { TokenSessionOptions } from './renewing-tokens.js';
import type { TokenSession } from './token-session.js';
import type { ConfirmForgotPasswordRequest, PasswordRecoveryFlow } from './password-recovery.flow.js';
import type {
  ConfirmSignUpRequest,
  RegisterRequest,
  Registration,
  RegistrationFlow,
  SignUpConfirmation,
  UsernameRequest,
} from './registration.flow.js';
import type { RevokeTokenOptions, SignOutFlow } from './sign-out.flow.js';
import type { RenewedTokens, RenewTokensRequest, TokenRenewalFlow } from './token-renewal.flow.js';
import type { CheckedTokens, CheckTokenOptions, TokenCheckFlow } from './token-check.flow.js';
import type { ChangePasswordRequest, UserAccount, UserAccountFlow } from './user-account.flow.js';
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

/** The parts of the service; see `createCognitoService`. */
export interface CognitoServiceParts<Attributes extends object> {
  readonly registration: RegistrationFlow<Attributes>;
  readonly signIn: AuthExchange;
  readonly renewal: TokenRenewalFlow;
  readonly check: TokenCheckFlow;
  readonly recovery: PasswordRecoveryFlow;
  readonly account: UserAccountFlow<Attributes>;
  readonly signOut: SignOutFlow;
  readonly verifier: Pick<Verifier, 'verify'>;
  readonly openTokenSession: (tokens: TokenSet, options?: TokenSessionOptions) => TokenSession<Attributes>;
  readonly attributes: CognitoAttributes<Attributes>;
  readonly mfa: CognitoMfa;
  readonly devices: CognitoDevices;
  readonly passkeys: CognitoPasskeys;
  readonly sessions: CognitoSessions;
}

/**
 * The operations of users of a pool: sign-up, sign-in, tokens, their own account. No method needs AWS credentials.
 *
 * Every error is a `MandateError`: a `CognitoServiceError` if Cognito rejects the call, a `CognitoUnavailableError` if
 * Cognito is unavailable, a `MandateArgumentError` if an argument is invalid and nothing was sent.
 *
 * Methods with an access token also throw a `CognitoServiceError` with the code ACCESS_TOKEN_EXPIRED,
 * ACCESS_TOKEN_REVOKED, ACCESS_TOKEN_INVALID or ACCESS_TOKEN_SCOPE_MISSING (the scope `aws.cognito.signin.user.admin`),
 * below as ACCESS_TOKEN_... Methods that run a Lambda trigger also throw TRIGGER_REFUSED or TRIGGER_FAILED.
 *
 * @typeParam Attributes - the user attributes under the application's names; see `defineAttributes`.
 * @publicApi
 */
export class CognitoService<Attributes extends object = UserAttributes> {
  /** The user's attributes: read, change, remove, verify. */
  readonly attributes: CognitoAttributes<Attributes>;
  /** Second factors. */
  readonly mfa: CognitoMfa;
  /** Devices that the pool tracks. */
  readonly devices: CognitoDevices;
  /** Passkeys. */
  readonly passkeys: CognitoPasskeys;
  /** Sessions in all app clients, in pools that track sessions. */
  readonly sessions: CognitoSessions;

  constructor(private readonly parts: CognitoServiceParts<Attributes>) {
    this.attributes = parts.attributes;
    this.mfa = parts.mfa;
    this.devices = parts.devices;
    this.passkeys = parts.passkeys;
    this.sessions = parts.sessions;
  }

  /**
   * Signs up a new user (SignUp).
   *
   * @throws CognitoServiceError with the code USERNAME_EXISTS, USERNAME_INVALID, ALIAS_EXISTS, PASSWORD_INVALID,
   *   ATTRIBUTE_INVALID, ATTRIBUTE_REQUIRED, ATTRIBUTE_UNKNOWN, SIGN_UP_NOT_PERMITTED, TRIGGER_REFUSED or
   *   CODE_DELIVERY_FAILED.
   */
  async register(request: RegisterRequest<Attributes>): Promise<Registration> {
    return this.parts.registration.register(request);
  }

  /**
   * Confirms a sign-up with the code that `register` sent (ConfirmSignUp).
   *
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS or USER_ALREADY_CONFIRMED.
   */
  async confirmSignUp(request: ConfirmSignUpRequest): Promise<SignUpConfirmation> {
    return this.parts.registration.confirm(request);
  }

  /**
   * Sends another sign-up code (ResendConfirmationCode). Cognito allows five an hour.
   *
   * @returns where the code was sent.
   * @throws CognitoServiceError with the code ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED, USER_ALREADY_CONFIRMED or
   *   AUTO_VERIFICATION_NOT_ENABLED.
   */
  async resendConfirmationCode(request: UsernameRequest): Promise<CodeDelivery> {
    return this.parts.registration.resendCode(request);
  }

  /**
   * Signs in a user (InitiateAuth, RespondToAuthChallenge). Default flow: USER_SRP_AUTH.
   *
   * @returns the tokens, or a challenge to answer with `respondToChallenge`.
   * @throws CognitoServiceError with the code CREDENTIALS_INVALID, USER_NOT_FOUND, USER_NOT_CONFIRMED, USER_DISABLED,
   *   PASSWORD_RESET_REQUIRED, TEMPORARY_PASSWORD_EXPIRED, SIGN_IN_LOCKED, SIGN_IN_BLOCKED or TRIGGER_REFUSED.
   * @throws UnsupportedChallengeError for a challenge that this version does not support.
   */
  async authenticate(request: AuthenticateRequest): Promise<AuthenticationOutcome> {
    return this.parts.signIn.start(request);
  }

  /**
   * Answers a challenge of a sign-in that this or another instance started (RespondToAuthChallenge).
   *
   * @returns the tokens, or the next challenge.
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, CODE_USED, PASSWORD_INVALID,
   *   ATTRIBUTE_ALREADY_SET or SIGN_IN_LOCKED, or SESSION_EXPIRED, SESSION_INVALID or SESSION_USED (sign in again).
   * @throws UnsupportedChallengeError for a challenge that this version does not support.
   */
  async respondToChallenge<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C, Attributes>,
    options?: RespondOptions,
  ): Promise<AuthenticationOutcome> {
    return this.parts.signIn.answer(challenge, answer, options);
  }

  /**
   * Renews the access and id tokens with a refresh token (GetTokensFromRefreshToken). Calls with the same refresh token
   * that overlap share one request.
   *
   * @throws CognitoServiceError with the code REFRESH_TOKEN_EXPIRED, REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REVOKED,
   *   REFRESH_TOKEN_REUSED, REFRESH_TOKEN_USER_DELETED or USER_DISABLED (sign in again), or RENEWAL_METHOD_UNSUPPORTED.
   * @throws MandateArgumentError if the access token was issued to another app client.
   */
  async renewTokens(request: RenewTokensRequest): Promise<RenewedTokens> {
    return this.parts.renewal.renew(request);
  }

  /**
   * Checks whether the access token has expired, by `expiresAt`, and renews the tokens if it has. Does not verify the
   * token: see `verifyToken`.
   *
   * @throws CognitoServiceError with the code REFRESH_TOKEN_..., as from `renewTokens`.
   */
  async checkToken(tokens: TokenSet, options?: CheckTokenOptions): Promise<CheckedTokens> {
    return this.parts.check.check(tokens, options);
  }

  /**
   * Verifies a token of this pool: its signature, all claims, and, with the option `revocation`, that it is not revoked.
   *
   * @param token - required when the call is made; optional in the type, as the id token in a `TokenSet`.
   * @returns the claims.
   * @throws TokenRejectedError with a code TOKEN_...
   * @throws SigningKeysUnavailableError if the pool's keys cannot be fetched.
   */
  async verifyToken(token: string | undefined, expectations?: TokenExpectations): Promise<VerifiedClaims> {
    return this.parts.verifier.verify(token ?? '', expectations);
  }

  /**
   * Sends a code for setting a new password (ForgotPassword).
   *
   * @returns where the code was sent.
   * @throws CognitoServiceError with the code USER_NOT_FOUND, ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED,
   *   VERIFIED_ADDRESS_MISSING or PASSWORD_RECOVERY_NOT_PERMITTED.
   */
  async initiateForgotPassword(request: UsernameRequest): Promise<CodeDelivery> {
    return this.parts.recovery.initiate(request);
  }

  /**
   * Sets a new password with the code that `initiateForgotPassword` sent (ConfirmForgotPassword).
   *
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, PASSWORD_INVALID, PASSWORD_REUSED or
   *   ATTEMPTS_EXCEEDED.
   */
  async confirmForgotPassword(request: ConfirmForgotPasswordRequest): Promise<void> {
    await this.parts.recovery.confirm(request);
  }

  /**
   * Returns the signed-in user (GetUser).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   */
  async getUser(accessToken: string): Promise<UserAccount<Attributes>> {
    return this.parts.account.get(accessToken);
  }

  /**
   * Sets attributes of the signed-in user; null removes one (UpdateUserAttributes).
   *
   * @returns where verification codes were sent for changed e-mail addresses and phone numbers.
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., ALIAS_EXISTS, ATTRIBUTE_INVALID, ATTRIBUTE_UNKNOWN,
   *   ATTRIBUTE_NOT_WRITABLE, ATTRIBUTE_IMMUTABLE or CODE_DELIVERY_FAILED.
   */
  async updateProfile(request: UpdateAttributesRequest<Attributes>): Promise<CodeDelivery[]> {
    return this.attributes.update(request);
  }

  /**
   * Changes the password of the signed-in user (ChangePassword). All sign-ins stay valid.
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., CREDENTIALS_INVALID, PASSWORD_INVALID, PASSWORD_REUSED
   *   or ATTEMPTS_EXCEEDED.
   */
  async changePassword(request: ChangePasswordRequest): Promise<void> {
    await this.parts.account.changePassword(request);
  }

  /**
   * Deletes the account of the signed-in user (DeleteUser).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   * @throws TokenRejectedError with the option `revocation`, before anything is sent, if the token is neither of the
   *   service's pool nor of a tenant's, so that no guard would see the revocation.
   * @throws RevocationNotRecordedError with the option `revocation`, after the account was deleted.
   */
  async deleteUser(accessToken: string): Promise<void> {
    await this.parts.account.delete(accessToken);
  }

  /**
   * Ends all sign-ins of the user (GlobalSignOut). Access tokens that are checked by signature alone are accepted until
   * they expire; with the option `revocation` guards reject them at once.
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   * @throws TokenRejectedError with the option `revocation`, before anything is sent, if the token is neither of the
   *   service's pool nor of a tenant's, so that no guard would see the revocation.
   * @throws RevocationNotRecordedError with the option `revocation`, after the user was signed out.
   */
  async logout(accessToken: string): Promise<void> {
    await this.parts.signOut.everywhere(accessToken);
  }

  /**
   * Ends one sign-in: its refresh token and the access tokens that were issued with it (RevokeToken). What guards learn
   * depends on the option `revocation`, because a refresh token is opaque:
   *
   * - with a store and an access token of the sign-in, all instances reject its tokens at once;
   * - with a store and **no** access token, nothing is recorded: guards accept the issued access and id tokens until they
   *   expire, although Cognito no longer does;
   * - with `askCognito`, this instance asks Cognito about every token again, with or without an access token; other
   *   instances learn of it within seconds;
   * - without the option, guards accept the issued tokens until they expire.
   *
   * @example await cognito.revokeToken(tokens.refreshToken, tokens);
   * @throws CognitoServiceError with the code TOKEN_TYPE_UNSUPPORTED if it is not a refresh token, or
   *   TOKEN_REVOCATION_NOT_ENABLED.
   * @throws RevocationNotRecordedError with the option `revocation`, after the refresh token was revoked.
   * @throws TokenRejectedError with a store, after the refresh token was revoked, if the access token is not genuine.
   * @throws MandateArgumentError if the access or id token is of another app client, whose refresh token stays valid.
   */
  async revokeToken(refreshToken: string | undefined, options?: RevokeTokenOptions): Promise<void> {
    await this.parts.signOut.revoke(refreshToken, options);
  }

  /**
   * Sends a verification code to the user's e-mail address or phone number (GetUserAttributeVerificationCode).
   *
   * @returns where the code was sent.
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED,
   *   ADDRESS_MISSING or ATTRIBUTE_NOT_VERIFIABLE.
   */
  async sendVerification(request: SendVerificationRequest): Promise<CodeDelivery> {
    return this.attributes.sendVerification(request);
  }

  /**
   * Verifies an attribute with the code that was sent to it (VerifyUserAttribute).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS or
   *   ATTEMPTS_EXCEEDED.
   */
  async validateVerification(request: ValidateVerificationRequest): Promise<void> {
    await this.attributes.validateVerification(request);
  }

  /**
   * Creates a token session: an object that holds the tokens of one user, renews them when due, and has the methods of
   * this service without the access token.
   *
   * @throws MandateArgumentError if `tokens` or `options` is not an object, or a member of `options` is invalid.
   */
  withTokens(tokens: TokenSet, options?: TokenSessionOptions): TokenSession<Attributes> {
    return this.parts.openTokenSession(tokens, options);
  }
}
