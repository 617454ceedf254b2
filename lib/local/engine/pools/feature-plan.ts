import type { Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';

/**
 * Checks a feature that the Lite feature plan lacks. Not verified against AWS: the documentation names only the exception.
 *
 * @throws CognitoFault FeatureUnavailableInTierException in the Lite tier.
 */
export function assertNotLite({ settings }: Pool, feature: string): void {
  if (settings.UserPoolTier === 'LITE') {
    throw new CognitoFault('FeatureUnavailableInTierException', `The Lite tier does not support ${feature}.`);
  }
}
