import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { UserDependencies } from './user-dependencies.js';

/** A signed-in user's own view of the account. */
export interface UserAccount<Attributes extends object> {
  /** The internal username; equal to `sub` in pools where e-mail address or phone number is the username. */
  readonly username: string;
  /** The user's id for life. */
  readonly sub: string;
  readonly attributes: Attributes;
  /** The factors that are switched on: `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`. */
  readonly mfa: readonly string[];
  readonly preferredMfa?: string;
}

/** A change of one's own password. */
export interface ChangePasswordRequest {
  readonly accessToken: string;
  /** May be left out only by users who have no password yet. */
  readonly previousPassword?: string | undefined;
  readonly proposedPassword: string;
}

/**
 * What users do to their own account, by access token. The token needs the scope `aws.cognito.signin.user.admin`, which
 * tokens of this package's sign-ins have and those of managed login may lack.
 */
export class UserAccountFlow<Attributes extends object> {
  constructor(private readonly dependencies: Pick<UserDependencies<Attributes>, 'client' | 'codec' | 'revocations'>) {}

  async get(accessToken: string): Promise<UserAccount<Attributes>> {
    requireText('accessToken', accessToken);
    const { client, codec } = this.dependencies;
    const answer = await client.send('GetUser', { AccessToken: accessToken });
    const sub = answer.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
    return {
      username: requireMember('Username', answer.Username),
      sub: requireMember('the attribute sub', sub),
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
    await revocations.around(accessToken, async () => client.send('DeleteUser', { AccessToken: accessToken }));
  }
}
