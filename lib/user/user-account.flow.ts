import { readSub } from '../client/shapes/user-sub.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * The account of a signed-in user, as the app client may read it.
 *
 * @publicApi
 */
export interface UserAccount<Attributes extends object> {
  /** The internal username; equal to `sub` in pools where the e-mail address or phone number is the username. */
  readonly username: string;
  /** The user's id, which never changes. */
  readonly sub: string;
  /** The attributes that the app client may read, under the application's names. */
  readonly attributes: Attributes;
  /** The enabled second factors: `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`. */
  readonly mfa: readonly string[];
  /** The preferred second factor, if there is one. */
  readonly preferredMfa?: string;
}

/**
 * A user's current and new password.
 *
 * @publicApi
 */
export interface ChangePasswordRequest {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** The current password. Optional only for users without a password. */
  readonly previousPassword?: string | undefined;
  /** The new password. */
  readonly proposedPassword: string;
}

/**
 * The account of the signed-in user: GetUser, ChangePassword, DeleteUser. The access token needs the scope
 * `aws.cognito.signin.user.admin`: tokens of this package's sign-ins have it, those of managed login may not.
 */
export class UserAccountFlow<Attributes extends object> {
  constructor(private readonly dependencies: Pick<UserDependencies<Attributes>, 'client' | 'codec' | 'revocations'>) {}

  async get(accessToken: string): Promise<UserAccount<Attributes>> {
    requireText('accessToken', accessToken);
    const { client, codec } = this.dependencies;
    const answer = await client.send('GetUser', { AccessToken: accessToken });
    return {
      username: requireMember('Username', answer.Username),
      sub: readSub(answer.UserAttributes),
      attributes: codec.decode(answer.UserAttributes),
      mfa: answer.UserMFASettingList ?? [],
      ...(answer.PreferredMfaSetting !== undefined && { preferredMfa: answer.PreferredMfaSetting }),
    };
  }

  async changePassword(request: ChangePasswordRequest): Promise<void> {
    requireObject('request', request);
    const { accessToken, previousPassword, proposedPassword } = request;
    requireText('accessToken', accessToken);
    requireTextIfGiven('previousPassword', previousPassword);
    requireText('proposedPassword', proposedPassword);
    await this.dependencies.client.send('ChangePassword', {
      AccessToken: accessToken,
      PreviousPassword: previousPassword,
      ProposedPassword: proposedPassword,
    });
  }

  async delete(accessToken: string): Promise<void> {
    requireText('accessToken', accessToken);
    const { client, revocations } = this.dependencies;
    await revocations.endAll(accessToken, async () => client.send('DeleteUser', { AccessToken: accessToken }));
  }
}
