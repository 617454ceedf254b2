import { isIP } from 'node:net';

import type { RiskConfigurationType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import { ALL_CLIENTS, type RiskConfiguration } from '../../model/pool-configuration.js';
import { invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** The settings of SetRiskConfiguration. */
export type RiskSettings = Omit<RiskConfiguration, 'clientId' | 'modifiedAt'>;

/**
 * Replaces the threat protection of a pool, or of one app client. Without any setting it is removed.
 *
 * @param clientId - default: all clients without settings of their own.
 * @throws CognitoFault InvalidParameterException
 */
export function setRiskConfiguration(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  clientId: string | undefined,
  settings: RiskSettings,
): RiskConfigurationType {
  assertSettings(settings);
  const key = clientId ?? ALL_CLIENTS;
  if (Object.values(settings).every((setting) => setting === undefined)) {
    pool.riskConfigurations.delete(key);
  } else {
    pool.riskConfigurations.set(key, { clientId: key, ...settings, modifiedAt: clock() });
  }
  return describeRiskConfiguration(pool, clientId);
}

/** The `RiskConfiguration` member of the risk operations. */
export function describeRiskConfiguration(pool: Pool, clientId: string | undefined): RiskConfigurationType {
  const named = { UserPoolId: pool.id, ...(clientId !== undefined && { ClientId: clientId }) };
  const stored = pool.riskConfigurations.get(clientId ?? ALL_CLIENTS);
  if (stored === undefined) {
    return named;
  }
  const {
    AccountTakeoverRiskConfiguration: takeover,
    CompromisedCredentialsRiskConfiguration: credentials,
    RiskExceptionConfiguration: exceptions,
    modifiedAt,
  } = stored;
  return {
    ...named,
    ...(credentials && { CompromisedCredentialsRiskConfiguration: credentials }),
    ...(takeover && { AccountTakeoverRiskConfiguration: takeover }),
    ...(exceptions && { RiskExceptionConfiguration: exceptions }),
    LastModifiedDate: new Date(modifiedAt),
  };
}

/** The configuration that applies to an app client: its own, or that of the pool. */
export function riskConfigurationFor(pool: Pool, clientId: string): RiskConfiguration | undefined {
  return pool.riskConfigurations.get(clientId) ?? pool.riskConfigurations.get(ALL_CLIENTS);
}

/** Not verified against AWS: the texts. */
function assertSettings({
  AccountTakeoverRiskConfiguration: takeover,
  RiskExceptionConfiguration,
}: RiskSettings): void {
  const { BlockedIPRangeList = [], SkippedIPRangeList = [] } = RiskExceptionConfiguration ?? {};
  const invalid = [...BlockedIPRangeList, ...SkippedIPRangeList].find((range) => !isIpRange(range));
  if (invalid !== undefined) {
    throw invalidParameter(`Invalid IP range: ${invalid}`);
  }
  const { LowAction, MediumAction, HighAction } = takeover?.Actions ?? {};
  if (
    [LowAction, MediumAction, HighAction].some((action) => action?.Notify) &&
    takeover?.NotifyConfiguration === undefined
  ) {
    throw invalidParameter('NotifyConfiguration is required when an action has Notify set to true.');
  }
}

/** CIDR notation, such as `10.0.0.0/8`. */
function isIpRange(range: string): boolean {
  const [, address = '', prefix = ''] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(prefix) <= (version === 4 ? 32 : 128);
}
