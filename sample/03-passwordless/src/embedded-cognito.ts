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

/** Starts a Cognito in this process. Users sign in with their e-mail address and need no password. */
export async function startEmbeddedCognito(
  options: { readonly onMessage?: (message: LocalMessage) => void } = {},
): Promise<LocalCognito> {
  return LocalCognito.start({
    ...options,
    pools: [
      {
        name: 'passwordless',
        UsernameAttributes: ['email'],
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
        webAuthn: { RelyingPartyId: 'localhost', UserVerification: 'required' },
        clients: [{ name: 'backend', secret: true, PreventUserExistenceErrors: 'ENABLED' }],
      },
    ],
  });
}

export function environmentOf(cognito: LocalCognito): SampleEnvironment {
  const options = cognito.pool('passwordless').moduleOptions();
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
