import { requireText } from '../errors/require-argument.js';
import type { UserDependencies } from './user-dependencies.js';

/** Ending sign-ins: GlobalSignOut, RevokeToken. */
export class SignOutFlow {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient'>) {}

  async everywhere(accessToken: string): Promise<void> {
    requireText('accessToken', accessToken);
    await this.dependencies.client.send('GlobalSignOut', { AccessToken: accessToken });
  }

  async revoke(refreshToken: string): Promise<void> {
    requireText('refreshToken', refreshToken);
    const { client, appClient } = this.dependencies;
    await client.send('RevokeToken', {
      ClientId: appClient.clientId,
      ClientSecret: await appClient.secret(),
      Token: refreshToken,
    });
  }
}
