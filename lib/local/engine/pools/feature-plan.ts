import type { Pool, PoolSettings } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';
import { firstFactorsOf } from './first-factors.js';

/**
 * Checks a feature that the Lite feature plan lacks. Not verified against AWS: the documentation names only the exception.
 *
 * @throws CognitoFault FeatureUnavailableInTierException in the Lite tier.
 */
export function assertNotLite({ settings }: Pick<Pool, 'settings'>, feature: string): void {
  if (settings.UserPoolTier === 'LITE') {
    throw new CognitoFault('FeatureUnavailableInTierException', `The Lite tier does not support ${feature}.`);
  }
}

/**
 * Checks that settings of a pool do not need a higher feature plan than they name.
 *
 * @param isDowngrade - whether the pool had a higher plan until now.
 * @throws CognitoFault FeatureUnavailableInTierException, or TierChangeNotAllowedException for a downgrade.
 */
export function assertTierHasFeatures(settings: PoolSettings, isDowngrade: boolean): void {
  const features = featuresBeyondLite(settings);
  if (settings.UserPoolTier === 'LITE' && features.length > 0) {
    throw new CognitoFault(
      isDowngrade ? 'TierChangeNotAllowedException' : 'FeatureUnavailableInTierException',
      `The following features need to be disabled for the LITE pricing tier configured: ${features.join(', ')}`,
      { member: 'UserPoolTier' },
    );
  }
}

function featuresBeyondLite(settings: PoolSettings): string[] {
  const version = settings.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0';
  return [
    ...(firstFactorsOf(settings).some((factor) => factor !== 'PASSWORD') ? ['Passwordless Sign-In'] : []),
    ...(version === 'V1_0' ? [] : [`Token Customization with Pre-Token Generation Lambda ${version}`]),
  ];
}
