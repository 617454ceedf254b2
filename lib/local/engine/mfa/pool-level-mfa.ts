import type { UserPoolMfaType } from '@aws-sdk/client-cognito-identity-provider';

import type { PoolMfa, PoolSettings } from '../../model/pool.js';
import { type CognitoFault, invalidParameter } from '../cognito-fault.js';

type SmsSettings = Pick<PoolSettings, 'SmsConfiguration' | 'SmsAuthenticationMessage'>;

/**
 * The MFA configuration of a pool that CreateUserPool makes. It can enable no factor but SMS.
 *
 * @throws CognitoFault InvalidParameterException for MFA without a sender of SMS.
 */
export function newPoolMfa(configuration: UserPoolMfaType = 'OFF', settings: SmsSettings): PoolMfa {
  if (configuration === 'OFF') {
    return { configuration };
  }
  if (settings.SmsConfiguration === undefined) {
    throw withoutSms();
  }
  return { configuration, sms: smsFactor(settings) };
}

/**
 * The MFA configuration of a pool after UpdateUserPool. It stays as it is if the request leaves it out. Turning it off
 * turns off every second factor; passkeys are a first factor. A pool whose MFA is off gets MFA for all users by
 * SetUserPoolMfaConfig alone.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function updatedPoolMfa(
  current: PoolMfa,
  configuration: UserPoolMfaType = current.configuration,
  settings: SmsSettings,
): PoolMfa {
  const { webAuthn } = current;
  const passkeys = webAuthn && { webAuthn };
  if (configuration === 'OFF') {
    return { configuration, ...passkeys };
  }
  if (current.configuration !== 'OFF') {
    const sms = settings.SmsConfiguration === undefined ? current.sms : smsFactor(settings);
    return { ...current, configuration, ...(current.sms && sms && { sms }) };
  }
  if (configuration === 'ON') {
    throw invalidParameter('Cannot turn MFA functionality ON, once the user pool has been created', 'MfaConfiguration');
  }
  return { ...newPoolMfa(configuration, settings), ...passkeys };
}

function smsFactor({ SmsConfiguration, SmsAuthenticationMessage }: SmsSettings): NonNullable<PoolMfa['sms']> {
  return {
    ...(SmsConfiguration && { SmsConfiguration }),
    ...(SmsAuthenticationMessage !== undefined && { SmsAuthenticationMessage }),
  };
}

function withoutSms(): CognitoFault {
  return invalidParameter(
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    'MfaConfiguration',
  );
}
