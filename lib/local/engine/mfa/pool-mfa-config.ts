import type {
  GetUserPoolMfaConfigResponse,
  SetUserPoolMfaConfigRequest,
} from '@aws-sdk/client-cognito-identity-provider';

import type { Pool, PoolMfa } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';

/** SetUserPoolMfaConfig's members. */
export type MfaConfigRequest = Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>;

/**
 * Replaces a pool's MFA configuration. The passkey part stands outside: it stays when it is left out.
 *
 * @throws CognitoFault InvalidParameterException for parts that contradict each other or the pool's first factors.
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
  assertFactorsFit(next);
  assertFirstFactorsFit(pool, next);
  pool.mfa = next;
}

/** A pool's MFA configuration as GetUserPoolMfaConfig answers it. */
export function describePoolMfa({ mfa }: Pool): GetUserPoolMfaConfigResponse {
  return {
    ...(mfa.sms && { SmsMfaConfiguration: mfa.sms }),
    ...(mfa.softwareToken && { SoftwareTokenMfaConfiguration: mfa.softwareToken }),
    ...(mfa.email && { EmailMfaConfiguration: mfa.email }),
    MfaConfiguration: mfa.configuration,
    ...(mfa.webAuthn && { WebAuthnConfiguration: mfa.webAuthn }),
  };
}

function assertFactorsFit({ configuration, sms, softwareToken, email }: PoolMfa): void {
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

/** A first factor that is one code or one passkey cannot be followed by the second factor that the pool insists on. */
function assertFirstFactorsFit(pool: Pool, { configuration, webAuthn }: PoolMfa): void {
  if (configuration !== 'ON') {
    return;
  }
  const firstFactors = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const passkeyIsTwo = webAuthn?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION';
  const clash = firstFactors.find(
    (factor) => factor === 'EMAIL_OTP' || factor === 'SMS_OTP' || (factor === 'WEB_AUTHN' && !passkeyIsTwo),
  );
  if (clash !== undefined) {
    throw invalidParameter(`MFA cannot be required while ${clash} is an allowed first authentication factor.`);
  }
}
