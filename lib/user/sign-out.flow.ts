import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { requireOwnClient } from '../tokens/own-client.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * Options of `revokeToken`. A whole `TokenSet` is accepted.
 *
 * @publicApi
 */
export interface RevokeTokenOptions {
  /**
   * An access token of the same sign-in, expired or not: identifies the sign-in to the guards. Without it, and with
   * revocations in a store, tokens already issued are accepted until they expire.
   */
  readonly accessToken?: string | undefined;
}

/** Sign-out: GlobalSignOut, RevokeToken. */
export class SignOutFlow {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient' | 'revocations'>) {}

  async everywhere(accessToken: string): Promise<void> {
    requireText('accessToken', accessToken);
    const { client, revocations } = this.dependencies;
    await revocations.endAll(accessToken, async () => client.send('GlobalSignOut', { AccessToken: accessToken }));
  }

  async revoke(refreshToken: string | undefined, options: RevokeTokenOptions = {}): Promise<void> {
    requireText('refreshToken', refreshToken);
    requireObject('options', options);
    const { accessToken } = options;
    requireTextIfGiven('accessToken', accessToken);
    const { client, appClient, revocations } = this.dependencies;
    requireOwnClient(accessToken, appClient.clientId);
    await revocations.endOne(accessToken, async () =>
      client.send('RevokeToken', {
        ClientId: appClient.clientId,
        ClientSecret: await appClient.secret(),
        Token: refreshToken,
      }),
    );
  }
}
