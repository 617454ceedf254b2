import { type AuthFactors, readAuthFactors } from '../client/shapes/auth-factors.js';
import { type FactorPreferences, sdkPreferences } from '../client/shapes/mfa-preference.js';
import { requireObject } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { poolAndUsername } from './pool-and-username.js';

/**
 * Second factors of a user to enable, disable or prefer. Omitted factors do not change.
 *
 * @publicApi
 */
export interface AdminMfaPreference extends FactorPreferences {
  /** The username, the `sub`, or an alias. */
  readonly username: string;
}

/**
 * Second factors of any user: `CognitoAdminService.mfa`.
 *
 * @publicApi
 */
export class AdminMfa {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * Enables, disables or prefers second factors of a user (AdminSetUserMFAPreference).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, USER_NOT_CONFIRMED, MFA_FACTOR_NOT_SET_UP,
   *   SOFTWARE_TOKEN_NOT_OFFERED or PARAMETER_INVALID.
   */
  async setPreference(request: AdminMfaPreference): Promise<void> {
    requireObject('request', request);
    const { username, ...preferences } = request;
    const settings = sdkPreferences(preferences);
    const { client, appClient } = this.dependencies;
    await client.send('AdminSetUserMFAPreference', { ...poolAndUsername(appClient, username), ...settings });
  }

  /**
   * Returns the factors that a user can sign in with (AdminGetUserAuthFactors).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND.
   */
  async factors(username: string): Promise<AuthFactors> {
    const { client, appClient } = this.dependencies;
    return readAuthFactors(await client.send('AdminGetUserAuthFactors', poolAndUsername(appClient, username)));
  }

  /**
   * Removes the authenticator app of a user, for example after its loss (AdminDeleteSoftwareToken).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or USER_NOT_CONFIRMED.
   */
  async deleteSoftwareToken(username: string): Promise<void> {
    const { client, appClient } = this.dependencies;
    await client.send('AdminDeleteSoftwareToken', poolAndUsername(appClient, username));
  }
}
