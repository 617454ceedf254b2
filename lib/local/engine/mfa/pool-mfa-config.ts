import type {
  GetUserPoolMfaConfigResponse,
  SetUserPoolMfaConfigRequest,
} from '@aws-sdk/client-cognito-identity-provider';

import type { Pool, PoolMfa } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import { passkeysAreMultiFactor } from '../passkeys/relying-party.js';

/** Parameters of SetUserPoolMfaConfig. */
export type MfaConfigRequest = Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>;

/**
 * SetUserPoolMfaConfig: replaces a pool's MFA configuration, but keeps a WebAuthnConfiguration that is not in the
 * request.
 *
 * @throws CognitoFault InvalidParameterException for a configuration that contradicts itself or the pool's first
 *   factors.
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
  assertFirstFactorsAllowMfa(pool, next);
  pool.mfa = next;
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
  const hasFactor = sms !== undefined || (softwareToken?.Enabled ?? false) || email !== undefined;
  if (configuration === 'OFF' && hasFactor) {
    throw invalidParameter("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
  }
  if (configuration !== 'OFF' && !hasFactor) {
    throw invalidParameter(
      'At least one of [SmsMfaConfiguration] or [SoftwareTokenMfaConfiguration] must be provided.',
    );
  }
  if (sms !== undefined && sms.SmsConfiguration === undefined) {
    throw invalidParameter('[SmsConfiguration] is a required member of [SmsMfaConfiguration].');
  }
}

/** Required MFA excludes one-time codes and single-factor passkeys as first factors. */
function assertFirstFactorsAllowMfa(pool: Pool, mfa: PoolMfa): void {
  if (mfa.configuration !== 'ON') {
    return;
  }
  const firstFactors = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const isPasskeyMultiFactor = passkeysAreMultiFactor({ mfa });
  const conflict = firstFactors.find(
    (factor) => factor === 'EMAIL_OTP' || factor === 'SMS_OTP' || (factor === 'WEB_AUTHN' && !isPasskeyMultiFactor),
  );
  if (conflict !== undefined) {
    throw invalidParameter(`MFA cannot be required while ${conflict} is an allowed first authentication factor.`);
  }
}
