import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { UserDependencies } from './user-dependencies.js';

/** What `revokeToken` may be told beside the refresh token; a whole `TokenSet` will do. */
export interface RevokeTokenOptions {
  /**
   * An access token of the same sign-in, expired or not: names the sign-in to the guards. Without it the tokens already
   * issued pass until they expire where revocations are kept in a store.
   */
  readonly accessToken?: string | undefined;
}

/** Ending sign-ins: GlobalSignOut, RevokeToken. */
export class SignOutFlow {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient' | 'revocations'>) {}

  async everywhere(accessToken: string): Promise<void> {
    requireText('accessToken', accessToken);
    const { client, revocations } = this.dependencies;
    await revocations.around(accessToken, async () => client.send('GlobalSignOut', { AccessToken: accessToken }));
  }

  async revoke(refreshToken: string | undefined, options: RevokeTokenOptions = {}): Promise<void> {
    requireText('refreshToken', refreshToken);
    requireObject('options', options);
    const { accessToken } = options;
    requireTextIfGiven('accessToken', accessToken);
    const { client, appClient, revocations } = this.dependencies;
    await client.send('RevokeToken', {
      ClientId: appClient.clientId,
      ClientSecret: await appClient.secret(),
      Token: refreshToken,
    });
    await revocations.signInOf(accessToken);
  }
}
