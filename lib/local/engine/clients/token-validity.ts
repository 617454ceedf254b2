import type { TimeUnitsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient, AppClientSettings } from '../../model/app-client.js';
import { invalidParameter } from '../cognito-fault.js';

const SECONDS: Readonly<Record<TimeUnitsType, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

const FIVE_MINUTES = 5 * 60;
const TEN_YEARS = 3650 * 86_400;

/** How long the tokens of a client live, in seconds. */
export interface TokenValidity {
  readonly access: number;
  readonly id: number;
  readonly refresh: number;
}

/** Reads the validities of a client's settings; 0 and nothing mean the default. */
export function tokenValidity({ settings }: Pick<AppClient, 'settings'>): TokenValidity {
  const units = settings.TokenValidityUnits;
  return {
    access: seconds(settings.AccessTokenValidity, units?.AccessToken ?? 'hours', SECONDS.hours),
    id: seconds(settings.IdTokenValidity, units?.IdToken ?? 'hours', SECONDS.hours),
    refresh: seconds(settings.RefreshTokenValidity, units?.RefreshToken ?? 'days', 30 * SECONDS.days),
  };
}

function seconds(value: number | undefined, unit: TimeUnitsType, fallback: number): number {
  return value === undefined || value === 0 ? fallback : value * SECONDS[unit];
}

/** @throws CognitoFault InvalidParameterException when a token would live too short or too long. */
export function assertTokenValidity(settings: AppClientSettings): void {
  const { access, id, refresh } = tokenValidity({ settings });
  const inRange =
    [access, id].every((validity) => validity >= FIVE_MINUTES && validity <= SECONDS.days) &&
    refresh >= SECONDS.hours &&
    refresh <= TEN_YEARS;
  if (!inRange) {
    throw invalidParameter('Invalid range for token validity.');
  }
}
