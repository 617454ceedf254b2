import { randomBytes } from 'node:crypto';

import { LocalCognito, type LocalMessage } from 'mandate/testing';

/** The environment variables of the application. A deployment sets them for a user pool in AWS. */
export type SampleEnvironment = Record<
  | 'COGNITO_USER_POOL_ID'
  | 'COGNITO_CLIENT_ID'
  | 'COGNITO_CLIENT_SECRET'
  | 'COGNITO_ENDPOINT'
  | 'COGNITO_ISSUER'
  | 'SESSION_SECRET',
  string
>;

/** Starts a Cognito in this process. Its pool has three optional second factors and remembers devices. */
export async function startEmbeddedCognito(
  options: { readonly clock?: () => number; readonly onMessage?: (message: LocalMessage) => void } = {},
): Promise<LocalCognito> {
  return LocalCognito.start({
    ...options,
    pools: [
      {
        name: 'mfa',
        mfa: {
          MfaConfiguration: 'OPTIONAL',
          SoftwareTokenMfaConfiguration: { Enabled: true },
          SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } },
          EmailMfaConfiguration: { Subject: 'Your code', Message: 'Your code is {####}' },
        },
        // A remembered device replaces the second factor. Cognito remembers a device only at the user's request.
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
        clients: [{ name: 'backend', secret: true }],
      },
    ],
  });
}

export function environmentOf(cognito: LocalCognito): SampleEnvironment {
  const options = cognito.pool('mfa').moduleOptions();
  return {
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_CLIENT_SECRET: options.clientSecret ?? '',
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
    // Without the variable sessions end with this process.
    SESSION_SECRET: process.env['SESSION_SECRET'] ?? randomBytes(32).toString('base64url'),
  };
}
