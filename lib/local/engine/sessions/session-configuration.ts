import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import { assertNotLite } from '../pools/feature-plan.js';

/** Default lifetime of a client's SSO sessions, minutes. */
export const DEFAULT_SSO_MINUTES = 60;

interface Range {
  /** The member's path in validation messages. */
  readonly path: string;
  readonly min: number;
  readonly max: number;
}

const PER_USER: Range = { path: 'tokenSession.maxPerUser', min: 1, max: 100 };
const SSO_MINUTES: Range = { path: 'sSOSession.maxValidityMinutes', min: 0, max: 129_600 };

/**
 * Turns tracking on or off. Replaces the whole configuration.
 *
 * @throws CognitoFault FeatureUnavailableInTierException in the Lite tier, InvalidParameterException if `maxPerUser` is
 *   out of range.
 */
export function setSessionTracking(pool: Pool, tracking: string, maxPerUser: number | undefined): void {
  assertNotLite(pool, 'session tracking');
  pool.sessionTracking = { enabled: tracking === 'ENABLED', maxPerUser: inRange(maxPerUser, PER_USER) };
}

/**
 * Sets the lifetime of a client's SSO sessions.
 *
 * @throws CognitoFault FeatureUnavailableInTierException in the Lite tier, InvalidParameterException if `minutes` is out
 *   of range or tracking is off.
 */
export function setSsoValidity(pool: Pool, client: AppClient, minutes: number | undefined): void {
  assertNotLite(pool, 'session tracking');
  const valid = inRange(minutes, SSO_MINUTES);
  if (!pool.sessionTracking?.enabled) {
    throw invalidParameter('Session tracking is not enabled for the user pool.');
  }
  client.ssoValidityMinutes = valid;
}

function inRange(value: number | undefined, { path, min, max }: Range): number {
  if (value !== undefined && value >= min && value <= max) {
    return value;
  }
  const shown = value === undefined ? 'null' : `'${value}'`;
  throw invalidParameter(
    `1 validation error detected: Value ${shown} at '${path}' failed to satisfy constraint: ${constraint(value, min, max)}`,
  );
}

function constraint(value: number | undefined, min: number, max: number): string {
  if (value === undefined) {
    return 'Member must not be null';
  }
  return value < min
    ? `Member must have value greater than or equal to ${min}`
    : `Member must have value less than or equal to ${max}`;
}
