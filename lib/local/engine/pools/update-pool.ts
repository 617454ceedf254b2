import type { UpdateUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool, PoolSettings } from '../../model/pool.js';
import type { Environment } from '../environment.js';
import { updatedPoolMfa } from '../mfa/pool-level-mfa.js';
import { assertTierHasFeatures } from './feature-plan.js';
import { assertFirstFactors, assertFirstFactorsAllowMfa } from './first-factors.js';
import { withPoolDefaults } from './pool-defaults.js';
import { assertPoolSettings } from './pool-settings.js';

/** Parameters of UpdateUserPool. */
export type PoolChanges = Omit<UpdateUserPoolRequest, 'UserPoolId'>;

/** Settings that no update changes. */
const FIXED = ['UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration'] as const;
/** Settings that stay as they are when an update leaves them out, unlike the others. */
const SURVIVING = [
  'DeletionProtection',
  'UserPoolTier',
  'UserPoolTags',
  'KeyConfiguration',
  'IssuerConfiguration',
] as const;

/**
 * UpdateUserPool. What the request leaves out returns to its default, as in Cognito, except the settings above, MFA and
 * both policies.
 *
 * @throws CognitoFault InvalidParameterException, TierChangeNotAllowedException
 */
export function updatePool({ clock }: Pick<Environment, 'clock'>, pool: Pool, changes: PoolChanges): void {
  const { PoolName, MfaConfiguration, ...requested } = changes;
  const senders = withSenders(requested, pool.settings);
  assertPoolSettings(senders);
  const mfa = updatedPoolMfa(pool.mfa, MfaConfiguration, senders);
  const settings = {
    ...withPoolDefaults({ ...pick(pool.settings, SURVIVING), ...requested }, pool.settings.Policies),
    ...pick(pool.settings, FIXED),
    ...(mfa.sms && { SmsConfiguration: mfa.sms.SmsConfiguration }),
  };
  assertTierHasFeatures(settings, pool.settings.UserPoolTier !== 'LITE');
  if (requested.Policies?.SignInPolicy !== undefined) {
    assertFirstFactors({ ...settings, ...senders, Policies: settings.Policies });
  }
  assertFirstFactorsAllowMfa(settings, mfa);
  pool.settings = settings;
  pool.mfa = mfa;
  pool.name = PoolName ?? pool.name;
  pool.modifiedAt = clock();
}

/** A request that needs a sender finds the one that the pool has already. */
function withSenders(requested: PoolSettings, { SmsConfiguration, EmailConfiguration }: PoolSettings): PoolSettings {
  return {
    ...requested,
    SmsConfiguration: requested.SmsConfiguration ?? SmsConfiguration,
    EmailConfiguration: requested.EmailConfiguration ?? EmailConfiguration,
  };
}

function pick(settings: PoolSettings, names: readonly (keyof PoolSettings)[]): PoolSettings {
  return Object.fromEntries(names.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]));
}
