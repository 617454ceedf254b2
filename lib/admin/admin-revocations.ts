import type { CognitoClient } from '../client/cognito-client.js';
import { readSub } from '../client/shapes/user-sub.js';
import { endSignIns, type Revoker } from '../tokens/revocation/end-sign-ins.js';
import type { RevokeOptions } from '../tokens/revocation/token-revoker.js';
import type { PoolAndUsername } from './pool-and-username.js';

/** Records the sign-ins that administrators end, so that guards reject their tokens at once. */
export class AdminRevocations {
  constructor(
    private readonly revoker: Revoker,
    private readonly client: Pick<CognitoClient, 'send'>,
  ) {}

  /**
   * Runs an operation that ends all sign-ins of a user and records that. Records contain the `sub`, and the username may
   * be an alias, so AdminGetUser resolves it first: afterwards the user may be gone.
   *
   * @param options - whether the operation makes the user's refresh tokens permanently invalid.
   */
  async endAll(user: PoolAndUsername, operation: () => Promise<unknown>, options?: RevokeOptions): Promise<void> {
    await endSignIns(this.revoker, operation, async (revoker) => {
      const { UserAttributes } = await this.client.send('AdminGetUser', user);
      const sub = readSub(UserAttributes);
      return async () => revoker.revokeUser(sub, options);
    });
  }
}
