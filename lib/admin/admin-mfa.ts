import { type AuthFactors, readAuthFactors } from '../client/shapes/auth-factors.js';
import { type FactorPreferences, sdkPreferences } from '../client/shapes/mfa-preference.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';

/** Second factors of a user to be switched; those left out stay as they are. */
export interface AdminMfaPreference extends FactorPreferences {
  readonly username: string;
}

/** Second factors of any user. */
export class AdminMfa {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * Switches factors on, off, or to preferred (AdminSetUserMFAPreference).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, USER_NOT_CONFIRMED or PARAMETER_INVALID (a factor that
   *   the user has not set up, or that the pool does not offer).
   */
  async setPreference(request: AdminMfaPreference): Promise<void> {
    requireObject('request', request);
    const { username, ...preferences } = request;
    const settings = sdkPreferences(preferences);
    await this.dependencies.client.send('AdminSetUserMFAPreference', { ...this.user(username), ...settings });
  }

  /**
   * What a user can sign in with (AdminGetUserAuthFactors).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   */
  async factors(username: string): Promise<AuthFactors> {
    return readAuthFactors(await this.dependencies.client.send('AdminGetUserAuthFactors', this.user(username)));
  }

  /**
   * Takes the authenticator app away from a user who has lost it (AdminDeleteSoftwareToken).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or USER_NOT_CONFIRMED.
   */
  async deleteSoftwareToken(username: string): Promise<void> {
    await this.dependencies.client.send('AdminDeleteSoftwareToken', this.user(username));
  }

  private user(username: string): { UserPoolId: string; Username: string } {
    requireText('username', username);
    return { UserPoolId: this.dependencies.appClient.userPoolId, Username: username };
  }
}
