import type { UserAttributes } from '../attributes/user-attributes.js';
import type { AuthenticationOutcome } from '../protocol/authentication-outcome.js';
import type { AnswerOf, Challenge } from '../protocol/challenge.js';
import type { PagedList } from '../client/paged-list.js';
import type { AuthExchange } from '../sign-in/auth-exchange.js';
import type { AdminAuthenticateRequest, AdminRespondOptions } from '../sign-in/auth-requests.js';
import type { AdminAuthEvents } from './admin-auth-events.js';
import type { AdminDevices } from './admin-devices.js';
import type { AdminFederation } from './admin-federation.js';
import type { AdminGroups } from './admin-groups.js';
import type { AdminMfa } from './admin-mfa.js';
import type { AdminSessions } from './admin-sessions.js';
import type { AdminUser } from './admin-user-record.js';
import type {
  AdminUserRequest,
  CreateUserRequest,
  GetUsersRequest,
  ReinviteUserRequest,
  SetPasswordRequest,
  UpdateUserRequest,
} from './admin-user-requests.js';
import type { AdminUsers } from './admin-users.js';

/** The parts of the service; see `createCognitoAdminService`. */
export interface CognitoAdminServiceParts<Attributes extends object> {
  readonly users: AdminUsers<Attributes>;
  readonly signIn: AuthExchange;
  readonly groups: AdminGroups<Attributes>;
  readonly mfa: AdminMfa;
  readonly devices: AdminDevices;
  readonly sessions: AdminSessions;
  readonly federation: AdminFederation;
  readonly authEvents: AdminAuthEvents;
}

/**
 * The operations of administrators of a pool. Requests are signed with AWS credentials: the module's option
 * `credentials`, or the SDK's default chain. The one exception is the code that answers the challenge MFA_SETUP, which
 * VerifySoftwareToken checks. A username may also be the `sub` or an alias.
 *
 * Every method rejects with a `CognitoCredentialsError` (AWS_CREDENTIALS_MISSING) if there are no credentials, with a
 * `CognitoServiceError` (AWS_CREDENTIALS_INVALID or AWS_ACCESS_DENIED) if they are invalid or lack a permission, with a
 * `CognitoUnavailableError` (SERVICE_UNAVAILABLE) if Cognito is unavailable, and with a `MandateArgumentError`
 * (ARGUMENT_INVALID) if an argument is invalid and nothing was sent.
 *
 * @typeParam Attributes - the user attributes under the application's names; see `defineAttributes`.
 * @publicApi
 */
export class CognitoAdminService<Attributes extends object = UserAttributes> {
  /** Groups and their members. */
  readonly groups: AdminGroups<Attributes>;
  /** Second factors. */
  readonly mfa: AdminMfa;
  /** Devices that the pool tracks. */
  readonly devices: AdminDevices;
  /** Sessions in all app clients, in pools that track sessions. */
  readonly sessions: AdminSessions;
  /** Identities at other providers. */
  readonly federation: AdminFederation;
  /** The history of users, in pools with threat protection. */
  readonly authEvents: AdminAuthEvents;

  constructor(private readonly parts: CognitoAdminServiceParts<Attributes>) {
    this.groups = parts.groups;
    this.mfa = parts.mfa;
    this.devices = parts.devices;
    this.sessions = parts.sessions;
    this.federation = parts.federation;
    this.authEvents = parts.authEvents;
  }

  /**
   * Creates a user with a temporary password and sends an invitation (AdminCreateUser).
   *
   * @throws CognitoServiceError with the code USERNAME_EXISTS, USERNAME_INVALID, ALIAS_EXISTS, PASSWORD_INVALID,
   *   ATTRIBUTE_INVALID, ATTRIBUTE_UNKNOWN, ADDRESS_MISSING (for the invitation) or
   *   CODE_DELIVERY_FAILED.
   */
  async createUser(request: CreateUserRequest<Attributes>): Promise<AdminUser<Attributes>> {
    return this.parts.users.create(request);
  }

  /**
   * Invites a user again who has not signed in yet, for example because the temporary password has expired: with a new
   * one, which is valid for as long as the first was. Asks first where the user can be reached, unless the request says
   * it (AdminGetUser, AdminCreateUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, USER_STATE_UNSUPPORTED (the user has signed in: use
   *   `resetPassword`), PASSWORD_INVALID, ADDRESS_MISSING or CODE_DELIVERY_FAILED.
   */
  async reinviteUser(request: ReinviteUserRequest): Promise<AdminUser<Attributes>> {
    return this.parts.users.reinvite(request);
  }

  /**
   * Confirms a sign-up without a code; verifies no attribute (AdminConfirmSignUp).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or USER_ALREADY_CONFIRMED.
   */
  async confirmSignUp(request: AdminUserRequest): Promise<void> {
    await this.parts.users.confirmSignUp(request);
  }

  /**
   * Signs in a user (AdminInitiateAuth, AdminRespondToAuthChallenge). Default flow: ADMIN_USER_PASSWORD_AUTH.
   *
   * @returns the tokens, or a challenge to answer with `respondToChallenge`.
   * @throws CognitoServiceError with the code CREDENTIALS_INVALID, USER_NOT_FOUND, USER_NOT_CONFIRMED, USER_DISABLED,
   *   PASSWORD_RESET_REQUIRED, TEMPORARY_PASSWORD_EXPIRED, SIGN_IN_LOCKED or SIGN_IN_BLOCKED.
   * @throws UnsupportedChallengeError for a challenge that this version does not support.
   */
  async authenticate(request: AdminAuthenticateRequest): Promise<AuthenticationOutcome> {
    return this.parts.signIn.start(request);
  }

  /**
   * Answers a challenge of a privileged sign-in (AdminRespondToAuthChallenge).
   *
   * @returns the tokens, or the next challenge.
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, CODE_USED, PASSWORD_INVALID,
   *   ATTRIBUTE_ALREADY_SET or SIGN_IN_LOCKED, or SESSION_EXPIRED, SESSION_INVALID or SESSION_USED (sign in again).
   * @throws UnsupportedChallengeError for a challenge that this version does not support.
   */
  async respondToChallenge<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C, Attributes>,
    options?: AdminRespondOptions,
  ): Promise<AuthenticationOutcome> {
    return this.parts.signIn.answer(challenge, answer, options);
  }

  /**
   * Returns a user (AdminGetUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   */
  async getUser(username: string): Promise<AdminUser<Attributes>> {
    return this.parts.users.get(username);
  }

  /**
   * All users, or those that match one condition: `for await` goes through them, `page` fetches one page (ListUsers).
   * Changes appear with a short delay.
   *
   * @throws MandateArgumentError if the filter is invalid, with a page.
   */
  getUsers(request?: GetUsersRequest): PagedList<AdminUser<Attributes>> {
    return this.parts.users.list(request);
  }

  /**
   * Sets attributes of a user; null removes one (AdminUpdateUserAttributes).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, ALIAS_EXISTS, ATTRIBUTE_INVALID, ATTRIBUTE_UNKNOWN or
   *   ATTRIBUTE_IMMUTABLE.
   */
  async updateProfile(request: UpdateUserRequest<Attributes>): Promise<void> {
    await this.parts.users.update(request);
  }

  /**
   * Deletes a user (AdminDeleteUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   * @throws RevocationNotRecordedError with the option `revocation`, after the user was deleted.
   */
  async deleteUser(username: string): Promise<void> {
    await this.parts.users.delete(username);
  }

  /**
   * Enables a disabled user to sign in again (AdminEnableUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   */
  async enableUser(username: string): Promise<void> {
    await this.parts.users.enable(username);
  }

  /**
   * Disables a user's sign-in and revokes the user's tokens (AdminDisableUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   * @throws RevocationNotRecordedError with the option `revocation`, after the user was disabled.
   */
  async disableUser(username: string): Promise<void> {
    await this.parts.users.disable(username);
  }

  /**
   * Sets a user's password, permanently by default (AdminSetUserPassword).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, PASSWORD_INVALID or PASSWORD_REUSED.
   */
  async setPassword(request: SetPasswordRequest): Promise<void> {
    await this.parts.users.setPassword(request);
  }

  /**
   * Invalidates a user's password and sends the user a code for setting another (AdminResetUserPassword).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, USER_DISABLED, USER_STATE_UNSUPPORTED or
   *   VERIFIED_ADDRESS_MISSING.
   * @throws RevocationNotRecordedError with the option `revocation`, after the password was reset.
   */
  async resetPassword(request: AdminUserRequest): Promise<void> {
    await this.parts.users.resetPassword(request);
  }

  /**
   * Ends all sign-ins of a user (AdminUserGlobalSignOut). Access tokens that are checked by signature alone are accepted
   * until they expire; with the option `revocation` guards reject them at once, as after `disableUser`, `deleteUser` and
   * `resetPassword`.
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   * @throws RevocationNotRecordedError with the option `revocation`, after the user was signed out.
   */
  async logout(username: string): Promise<void> {
    await this.parts.users.logout(username);
  }
}
