import type { UserAttributes } from '../attributes/user-attributes.js';
import type { AnswerableChallengeName } from '../dto/challenge-answers.dto.js';
import type { SignInFlow } from '../dto/flow-sign-in.dto.js';
import type { ChangePasswordDto, ConfirmForgotPasswordDto, InitiateForgotPasswordDto } from '../dto/password.dto.js';
import type {
  ConfirmCodeDto,
  ConfirmSignUpDto,
  PasswordlessRegisterDto,
  RegisterDto,
  ResendConfirmationCodeDto,
} from '../dto/registration.dto.js';
import type { SendVerificationDto, UpdateProfileDto, ValidateVerificationDto } from '../dto/attributes.dto.js';
import type { BrowserSessionDto } from '../dto/responses/browser-session.dto.js';
import type { CodeSentDto } from '../dto/responses/code-delivery.dto.js';
import type { ConfirmationDto, RegistrationDto } from '../dto/responses/registration.dto.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { ProfileUpdateDto, UserDto } from '../dto/responses/user.dto.js';
import type { ChallengeAnswers, FirstFactor, RememberedDevice } from '../protocol/challenge.js';
import type { CallOptions } from './api-calls.js';
import type { AnswerOptions, SignInOptions } from './auth-client.options.js';
import type { ClientDevices, ClientMfa, ClientPasskeys, ClientSessions } from './auth-client-families.js';
import type { AuthDelivery, ClientChallenge, SignedIn, SignInOutcome } from './challenges.js';

/**
 * Who signs in, and how. The server allows the flows.
 *
 * @publicApi
 */
export interface SignInCredentials<Delivery extends AuthDelivery = AuthDelivery> {
  /** The username, or an alias that the pool allows. */
  readonly username: string;
  readonly password?: string | undefined;
  /** Default: the server's. */
  readonly flow?: SignInFlow | undefined;
  /** With `flow: 'USER_AUTH'`: the factor to sign in with. Without it the user chooses (SELECT_CHALLENGE). */
  readonly preferredChallenge?: FirstFactor | undefined;
  /** With `flow: 'USER_AUTH'` and `delivery: 'body'`: what `confirmSignUp` returned. */
  readonly session?: (Delivery extends 'body' ? string : never) | undefined;
  /** A remembered device, with `delivery: 'body'`; otherwise a cookie holds it. */
  readonly device?: (Delivery extends 'body' ? RememberedDevice : never) | undefined;
}

/**
 * What a sign-out ends.
 *
 * @publicApi
 */
export interface LogoutRequest {
  /** Whether to end all sign-ins of the user, on every device. Default: false. */
  readonly everywhere?: boolean | undefined;
}

/**
 * A client of the routes of `MandateAuthApiModule`. The methods have the names of `CognitoService`.
 *
 * Every method rejects with an `AuthClientError`, or with the reason of its `signal` if that aborts it.
 *
 * @typeParam Delivery - how tokens travel.
 * @typeParam Attributes - the user attributes under the application's names.
 * @publicApi
 */
export interface AuthClient<Delivery extends AuthDelivery, Attributes extends object = UserAttributes> {
  /** Second factors. */
  readonly mfa: ClientMfa<Delivery>;
  /** Devices that the pool tracks. */
  readonly devices: ClientDevices<Delivery>;
  /** Passkeys. */
  readonly passkeys: ClientPasskeys;
  /** Sessions in all app clients, in pools that track sessions. */
  readonly sessions: ClientSessions;

  /** Signs up a new user. If the result is not `confirmed`, call `confirmSignUp` with the code that Cognito sent. */
  register(
    request: RegisterDto<Attributes> | PasswordlessRegisterDto<Attributes>,
    options?: CallOptions,
  ): Promise<RegistrationDto>;
  /** Confirms a sign-up. Where the server signs users in at once, returns the outcome; see `continueSignIn`. */
  confirmSignUp(
    request: Delivery extends 'body' ? ConfirmSignUpDto : ConfirmCodeDto,
    options?: CallOptions,
  ): Promise<ConfirmationDto | SignInOutcome<Delivery>>;
  resendConfirmationCode(request: ResendConfirmationCodeDto, options?: CallOptions): Promise<CodeSentDto>;

  /**
   * Signs in, through all challenges.
   *
   * @throws AuthClientError when the credentials or an answer are refused for good.
   */
  signIn(credentials: SignInCredentials<Delivery>, options?: SignInOptions<Attributes>): Promise<SignedIn<Delivery>>;
  /** Goes on with a sign-in from the outcome of `confirmSignUp`, `authenticate` or `respondToChallenge`. */
  continueSignIn(outcome: SignInOutcome<Delivery>, options?: SignInOptions<Attributes>): Promise<SignedIn<Delivery>>;
  /** The first step of a sign-in alone, for a page that goes through the challenges by itself. */
  authenticate(credentials: SignInCredentials<Delivery>, options?: CallOptions): Promise<SignInOutcome<Delivery>>;
  /** Answers one challenge. */
  respondToChallenge<Name extends AnswerableChallengeName>(
    challenge: ClientChallenge<Delivery, Name>,
    answer: ChallengeAnswers<Attributes>[Name],
    options?: AnswerOptions<Delivery>,
  ): Promise<SignInOutcome<Delivery>>;

  /** Ends this sign-in, which all tabs are told, or all sign-ins of the user. */
  logout(request?: LogoutRequest, options?: CallOptions): Promise<void>;

  initiateForgotPassword(request: InitiateForgotPasswordDto, options?: CallOptions): Promise<CodeSentDto>;
  confirmForgotPassword(request: ConfirmForgotPasswordDto, options?: CallOptions): Promise<void>;

  getUser(options?: CallOptions): Promise<UserDto<Attributes>>;
  updateProfile(request: UpdateProfileDto<Attributes>, options?: CallOptions): Promise<ProfileUpdateDto>;
  /** Deletes the user's account for good, and ends the session. */
  deleteUser(options?: CallOptions): Promise<void>;
  /** Sends a code to the user's e-mail address or phone number. */
  sendVerification(request: SendVerificationDto, options?: CallOptions): Promise<CodeSentDto>;
  validateVerification(request: ValidateVerificationDto, options?: CallOptions): Promise<void>;
  changePassword(request: ChangePasswordDto, options?: CallOptions): Promise<void>;

  /**
   * `fetch` for the application's own API: adds the credentials of the session to requests to the page's origin, that of
   * `baseUrl` and those of the option `origins`, and to no others.
   *
   * With `delivery: 'cookie'` that is the header against forged requests. With `delivery: 'body'` it is the access token,
   * which is renewed when due; after a 401 with TOKEN_EXPIRED the request is sent once more with renewed tokens, unless
   * its body is a stream.
   *
   * A 401 that is about the session ends it, and is returned like any other response. Rejects as `fetch` does.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

  /** Releases the channel to the other tabs. The end of the session is reported no longer. */
  close(): void;
}

/**
 * A client for `delivery: 'cookie'`: no token ever reaches a script.
 *
 * @publicApi
 */
export interface CookieAuthClient<Attributes extends object = UserAttributes> extends AuthClient<'cookie', Attributes> {
  /** The session of this browser, or null if nobody is signed in. Call it when the page is loaded. */
  session(options?: CallOptions): Promise<BrowserSessionDto | null>;
}

/**
 * A client for `delivery: 'body'`: the page holds the tokens.
 *
 * @publicApi
 */
export interface BodyAuthClient<Attributes extends object = UserAttributes> extends AuthClient<'body', Attributes> {
  /** The access token, renewed when due, for what `fetch` cannot do, such as a WebSocket. Null if nobody is signed in. */
  accessToken(): Promise<string | null>;
  /** Renews the tokens now, such as after a change of the user's groups. Null if nobody is signed in. */
  renewTokens(): Promise<TokenSet | null>;
}
