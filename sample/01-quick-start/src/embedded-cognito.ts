import { randomBytes } from 'node:crypto';

import { LocalCognito, type LocalMessage } from 'mandate/testing';

/** A confirmed user, who signs in with the username or the e-mail address. */
export const DEMO_USER = { username: 'demo', email: 'demo@example.com', password: 'Demo-Passw0rd' } as const;

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

/** Starts a Cognito in this process. Its pool has an app client with a secret, and the demo user. */
export async function startEmbeddedCognito(options: {
  readonly port?: number;
  readonly clock?: () => number;
  readonly onMessage?: (message: LocalMessage) => void;
}): Promise<LocalCognito> {
  return LocalCognito.start({
    ...options,
    pools: [
      {
        name: 'quick-start',
        AliasAttributes: ['email'],
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
        mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
        webAuthn: {
          RelyingPartyId: 'localhost',
          UserVerification: 'required',
          // A passkey counts as two factors, so that users who have an authenticator app can sign in with one.
          FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
        },
        clients: [{ name: 'backend', secret: true, PreventUserExistenceErrors: 'ENABLED' }],
        users: [
          {
            username: DEMO_USER.username,
            password: DEMO_USER.password,
            attributes: { email: DEMO_USER.email },
            groups: ['readers'],
          },
        ],
      },
    ],
  });
}

export function environmentOf(cognito: LocalCognito): SampleEnvironment {
  const options = cognito.pool('quick-start').moduleOptions();
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
