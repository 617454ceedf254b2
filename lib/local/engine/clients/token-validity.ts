import type { TimeUnitsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient, AppClientSettings } from '../../model/app-client.js';
import { invalidParameter } from '../cognito-fault.js';

const SECONDS_PER: Readonly<Record<TimeUnitsType, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

const FIVE_MINUTES = 5 * SECONDS_PER.minutes;
const TEN_YEARS = 3650 * SECONDS_PER.days;

/** The lifetimes of a client's tokens, in seconds. */
export interface TokenValidity {
  readonly access: number;
  readonly id: number;
  readonly refresh: number;
}

/**
 * Reads the token lifetimes from a client's settings. Default, also for 0: 1 hour for access and ID tokens, 30 days for
 * refresh tokens.
 */
export function tokenValidity({ settings }: Pick<AppClient, 'settings'>): TokenValidity {
  const units = settings.TokenValidityUnits;
  return {
    access: inSeconds(settings.AccessTokenValidity, units?.AccessToken ?? 'hours', SECONDS_PER.hours),
    id: inSeconds(settings.IdTokenValidity, units?.IdToken ?? 'hours', SECONDS_PER.hours),
    refresh: inSeconds(settings.RefreshTokenValidity, units?.RefreshToken ?? 'days', 30 * SECONDS_PER.days),
  };
}

function inSeconds(value: number | undefined, unit: TimeUnitsType, fallback: number): number {
  return value === undefined || value === 0 ? fallback : value * SECONDS_PER[unit];
}

/**
 * Checks the token lifetimes: each is in its range, and no token outlives the refresh token.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertTokenValidity(settings: AppClientSettings): void {
  const { access, id, refresh } = tokenValidity({ settings });
  assertRange(access, FIVE_MINUTES, SECONDS_PER.days, 'AccessTokenValidity');
  assertRange(id, FIVE_MINUTES, SECONDS_PER.days, 'IdTokenValidity');
  assertRange(refresh, SECONDS_PER.hours, TEN_YEARS, 'RefreshTokenValidity');
  if (access > refresh || id > refresh) {
    throw invalidParameter(
      'Access and Id Token expiration times must be less than or equal to refresh token expiration times.',
      'RefreshTokenValidity',
    );
  }
}

function assertRange(seconds: number, min: number, max: number, member: string): void {
  if (seconds < min || seconds > max) {
    throw invalidParameter('Invalid range for token validity.', member);
  }
}
