import type { UserAttributes } from '../attributes/user-attributes.js';
import type { AuthenticationOutcome } from '../protocol/authentication-outcome.js';
import type { AnswerOf, Challenge } from '../protocol/challenge.js';
import type { AdminDevices } from './admin-devices.js';
import type { AdminGroups } from './admin-groups.js';
import type { AdminMfa } from './admin-mfa.js';
import type { AdminSessions } from './admin-sessions.js';
import type { AdminAuthenticateRequest, AdminRespondOptions, AdminSignIn } from './admin-sign-in.js';
import type { AdminUser } from './admin-user.js';
import type {
  AdminUserRequest,
  AdminUsers,
  CreateUserRequest,
  GetUsersRequest,
  SetPasswordRequest,
  UpdateUserRequest,
} from './admin-users.js';

/** What the service is made of; see `createCognitoAdminService`. */
export interface CognitoAdminServiceParts<Attributes extends object> {
  readonly users: AdminUsers<Attributes>;
  readonly signIn: AdminSignIn<Attributes>;
  readonly groups: AdminGroups<Attributes>;
  readonly mfa: AdminMfa;
  readonly devices: AdminDevices;
  readonly sessions: AdminSessions;
}

/**
 * What administrators of a pool do. Every method but `respondToChallenge` of an MFA set-up is signed with AWS credentials:
 * the module's option `credentials`, or the SDK's default chain. Wherever a username is asked for, the `sub` or an alias
 * that is in force will do.
 * Every method rejects with a `CognitoCredentialsError` (code AWS_ACCESS_DENIED) when there are no credentials, and with a
 * `CognitoUnavailableError` (code SERVICE_UNAVAILABLE) when Cognito cannot be reached.
 *
 * @typeParam Attributes - the user attributes under the application's names; see `defineAttributes`.
 */
export class CognitoAdminService<Attributes extends object = UserAttributes> {
  /** Groups and their members. */
  readonly groups: AdminGroups<Attributes>;
  /** Second factors. */
  readonly mfa: AdminMfa;
  /** Devices that the pool tracks. */
  readonly devices: AdminDevices;
  /** Sessions over all app clients, where the pool tracks them. */
  readonly sessions: AdminSessions;

  constructor(private readonly parts: CognitoAdminServiceParts<Attributes>) {
    this.groups = parts.groups;
    this.mfa = parts.mfa;
    this.devices = parts.devices;
    this.sessions = parts.sessions;
  }

  /**
   * Creates a user with a temporary password and sends an invitation (AdminCreateUser).
   *
   * @throws CognitoServiceError with the code USERNAME_EXISTS, ALIAS_EXISTS, PASSWORD_INVALID, PARAMETER_INVALID,
   *   USER_STATE_UNSUPPORTED (RESEND to a user who has signed in) or CODE_DELIVERY_FAILED.
   */
  async createUser(request: CreateUserRequest<Attributes>): Promise<AdminUser<Attributes>> {
    return this.parts.users.create(request);
  }

  /**
   * Confirms a sign-up without a code; verifies no attribute (AdminConfirmSignUp).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or NOT_AUTHORIZED (confirmed already).
   */
  async confirmSignUp(request: AdminUserRequest): Promise<void> {
    await this.parts.users.confirmSignUp(request);
  }

  /**
   * Signs a user in, with the plain password unless another flow is named (AdminInitiateAuth).
   *
   * @throws CognitoServiceError with the code CREDENTIALS_INVALID, USER_NOT_FOUND, USER_NOT_CONFIRMED, USER_DISABLED,
   *   PASSWORD_RESET_REQUIRED, TEMPORARY_PASSWORD_EXPIRED or ATTEMPTS_EXCEEDED.
   */
  async authenticate(request: AdminAuthenticateRequest): Promise<AuthenticationOutcome> {
    return this.parts.signIn.authenticate(request);
  }

  /**
   * Answers a challenge of a privileged sign-in (AdminRespondToAuthChallenge).
   *
   * @throws CognitoServiceError with the code CODE_MISMATCH, CODE_EXPIRED, PASSWORD_INVALID, ATTEMPTS_EXCEEDED,
   *   SESSION_EXPIRED or SESSION_INVALID (the latter two: sign in again).
   */
  async respondToChallenge<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C, Attributes>,
    options?: AdminRespondOptions,
  ): Promise<AuthenticationOutcome> {
    return this.parts.signIn.respond(challenge, answer, options);
  }

  /**
   * One user, up to date (AdminGetUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, as from every method that names a user.
   */
  async getUser(username: string): Promise<AdminUser<Attributes>> {
    return this.parts.users.get(username);
  }

  /** All users, or those that one condition selects, page by page as they are consumed (ListUsers). A little behind reality. */
  getUsers(request?: GetUsersRequest): AsyncGenerator<AdminUser<Attributes>, void, undefined> {
    return this.parts.users.list(request);
  }

  /**
   * Changes attributes; null removes one (AdminUpdateUserAttributes).
   *
   * @throws CognitoServiceError with the code ALIAS_EXISTS, PARAMETER_INVALID or USER_NOT_FOUND.
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
   * Lets a disabled user sign in again (AdminEnableUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   */
  async enableUser(username: string): Promise<void> {
    await this.parts.users.enable(username);
  }

  /**
   * Keeps a user from signing in and revokes the user's tokens (AdminDisableUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   * @throws RevocationNotRecordedError with the option `revocation`, after the user was disabled.
   */
  async disableUser(username: string): Promise<void> {
    await this.parts.users.disable(username);
  }

  /**
   * Sets a password, for good unless told otherwise (AdminSetUserPassword).
   *
   * @throws CognitoServiceError with the code PASSWORD_INVALID, PASSWORD_REUSED or USER_NOT_FOUND.
   */
  async setPassword(request: SetPasswordRequest): Promise<void> {
    await this.parts.users.setPassword(request);
  }

  /**
   * Makes a password useless and sends the user a code to set another (AdminResetUserPassword).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, NOT_AUTHORIZED (the state of the user does not allow
   *   it) or
   *   PARAMETER_INVALID (no verified address).
   * @throws RevocationNotRecordedError with the option `revocation`, after the password was reset.
   */
  async resetPassword(request: AdminUserRequest): Promise<void> {
    await this.parts.users.resetPassword(request);
  }

  /**
   * Ends all sign-ins of a user (AdminUserGlobalSignOut). Access tokens that are checked by signature alone pass until
   * they expire; with the option `revocation` guards refuse them at once, as after `disableUser`, `deleteUser` and
   * `resetPassword`.
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   * @throws RevocationNotRecordedError with the option `revocation`, after the user was signed out.
   */
  async logout(username: string): Promise<void> {
    await this.parts.users.logout(username);
  }
}
