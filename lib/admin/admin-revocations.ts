import type { CognitoClient } from '../client/cognito-client.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { RevokeOptions, SignInRevoker, RevocationCache } from '../tokens/revocation/token-revoker.js';

/** A user as privileged operations name one. */
export interface NamedUser {
  readonly UserPoolId: string;
  readonly Username: string;
}

/** Writes down whose sign-ins administrators ended, so that guards refuse the tokens at once. */
export class AdminRevocations {
  constructor(
    private readonly revoker: SignInRevoker | RevocationCache | undefined,
    private readonly client: Pick<CognitoClient, 'send'>,
  ) {}

  /**
   * Runs an operation that ends all sign-ins of a user and marks them on success. Marks go by `sub`, and the name may be
   * an alias; so the user is looked up (AdminGetUser), and before: afterwards there may be none.
   *
   * @param options - whether the refresh tokens are worth nothing afterwards, and never will be again.
   */
  async around(user: NamedUser, operation: () => Promise<unknown>, options?: RevokeOptions): Promise<void> {
    if (this.revoker === undefined || this.revoker.forget !== undefined) {
      await operation();
      this.revoker?.forget();
      return;
    }
    const sub = await this.subOf(user);
    await operation();
    await this.revoker.revokeUser(sub, options);
  }

  private async subOf(user: NamedUser): Promise<string> {
    const { UserAttributes } = await this.client.send('AdminGetUser', user);
    return requireMember('the attribute sub', UserAttributes?.find(({ Name }) => Name === 'sub')?.Value);
  }
}
