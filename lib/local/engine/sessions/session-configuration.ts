import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import { assertNotLite } from '../pools/feature-plan.js';

/** Default lifetime of a client's SSO sessions, minutes. */
export const DEFAULT_SSO_MINUTES = 60;

/**
 * Turns tracking on or off. Replaces the whole configuration.
 *
 * @throws CognitoFault FeatureUnavailableInTierException in the Lite tier.
 */
export function setSessionTracking(pool: Pool, tracking: string, maxPerUser: number): void {
  assertNotLite(pool, 'session tracking');
  pool.sessionTracking = { enabled: tracking === 'ENABLED', maxPerUser };
}

/**
 * Sets the lifetime of a client's SSO sessions.
 *
 * @throws CognitoFault FeatureUnavailableInTierException in the Lite tier, InvalidParameterException if tracking is off.
 */
export function setSsoValidity(pool: Pool, client: AppClient, minutes: number): void {
  assertNotLite(pool, 'session tracking');
  if (!pool.sessionTracking?.enabled) {
    throw invalidParameter('Session tracking is not enabled for the user pool.');
  }
  client.ssoValidityMinutes = minutes;
}
