import type {
  GetUserPoolMfaConfigResponse,
  SetUserPoolMfaConfigRequest,
} from '@aws-sdk/client-cognito-identity-provider';

import type { Pool, PoolMfa } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import { assertNotLite } from '../pools/feature-plan.js';
import { assertFirstFactorsAllowMfa } from '../pools/first-factors.js';

/** Parameters of SetUserPoolMfaConfig. */
export type MfaConfigRequest = Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>;

/**
 * SetUserPoolMfaConfig: replaces a pool's MFA configuration, but keeps a WebAuthnConfiguration that is not in the
 * request. The sender of SMS is also that of the pool.
 *
 * @throws CognitoFault InvalidParameterException for a configuration that contradicts itself or the pool,
 *   FeatureUnavailableInTierException for MFA by e-mail in the Lite feature plan.
 */
export function setPoolMfa(pool: Pool, request: MfaConfigRequest): void {
  const {
    MfaConfiguration: configuration = 'OFF',
    SmsMfaConfiguration: sms,
    SoftwareTokenMfaConfiguration: softwareToken,
    EmailMfaConfiguration: email,
    WebAuthnConfiguration: webAuthn = pool.mfa.webAuthn,
  } = request;
  const factors = { ...(sms && { sms }), ...(softwareToken && { softwareToken }), ...(email && { email }) };
  const next: PoolMfa = { configuration, ...factors, ...(webAuthn && { webAuthn }) };
  assertConsistent(next);
  assertEmailFactor(pool, next);
  assertFirstFactorsAllowMfa(pool.settings, next);
  pool.mfa = next;
  if (sms !== undefined) {
    pool.settings = { ...pool.settings, ...sms };
  }
}

/** The response of GetUserPoolMfaConfig. */
export function describePoolMfa({ mfa }: Pool): GetUserPoolMfaConfigResponse {
  return {
    ...(mfa.sms && { SmsMfaConfiguration: mfa.sms }),
    ...(mfa.softwareToken && { SoftwareTokenMfaConfiguration: mfa.softwareToken }),
    ...(mfa.email && { EmailMfaConfiguration: mfa.email }),
    MfaConfiguration: mfa.configuration,
    ...(mfa.webAuthn && { WebAuthnConfiguration: mfa.webAuthn }),
  };
}

function assertConsistent({ configuration, sms, softwareToken, email }: PoolMfa): void {
  // A factor that is not enabled contradicts OFF too: its mere presence does.
  const isConfigured = sms !== undefined || softwareToken !== undefined || email !== undefined;
  if (configuration === 'OFF' && isConfigured) {
    throw invalidParameter(
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
      'MfaConfiguration',
    );
  }
  const hasFactor = sms !== undefined || (softwareToken?.Enabled ?? false) || email !== undefined;
  if (configuration !== 'OFF' && !hasFactor) {
    throw invalidParameter(
      'At least one of [SmsMfaConfiguration] or [SoftwareTokenMfaConfiguration] must be provided.',
      'MfaConfiguration',
    );
  }
  if (sms !== undefined && sms.SmsConfiguration === undefined) {
    throw invalidParameter(
      '[SmsConfiguration] is a required member of [SmsMfaConfiguration].',
      'SmsMfaConfiguration.SmsConfiguration',
    );
  }
}

/** MFA by e-mail needs the pool owner's sender, and a way to recover accounts other than the same e-mail address. */
function assertEmailFactor(pool: Pool, { email }: PoolMfa): void {
  if (email === undefined) {
    return;
  }
  assertNotLite(pool, 'email MFA');
  const { EmailConfiguration, AccountRecoverySetting } = pool.settings;
  if (EmailConfiguration?.EmailSendingAccount !== 'DEVELOPER') {
    throw invalidParameter(
      'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.',
      'EmailMfaConfiguration',
    );
  }
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.length > 0 && mechanisms.every(({ Name }) => Name === 'verified_email')) {
    // The documentation describes the rule, not its text.
    throw invalidParameter(
      'Cannot set EmailMfaConfiguration when user pool AccountRecoverySetting contains no mechanism but verified_email.',
      'EmailMfaConfiguration',
    );
  }
}
