import { LocalCognito, type LocalMessage } from 'mandate/testing';

/** A confirmed user. */
export const DEMO_USER = { username: 'demo@example.com', password: 'Demo-Passw0rd' } as const;

/** The environment variables of the application. A deployment sets them for a user pool in AWS. */
export type SampleEnvironment = Record<
  | 'COGNITO_USER_POOL_ID'
  | 'COGNITO_CLIENT_ID'
  | 'COGNITO_CLIENT_SECRET'
  | 'COGNITO_DOMAIN'
  | 'COGNITO_ENDPOINT'
  | 'COGNITO_ISSUER'
  | 'ORIGIN',
  string
>;

/**
 * Starts a Cognito in this process, with its pages and a Google that it plays itself.
 *
 * @param origin - where the application is reached.
 */
export async function startEmbeddedCognito(
  origin: string,
  options: { readonly onMessage?: (message: LocalMessage) => void } = {},
): Promise<LocalCognito> {
  // #region start
  return LocalCognito.start({
    ...options,
    // A passkey belongs to a domain name, not to an IP address.
    host: 'localhost',
    pools: [
      {
        name: 'web',
        UsernameAttributes: ['email'],
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
        webAuthn: { RelyingPartyId: 'localhost', UserVerification: 'required' },
        identityProviders: ['Google'],
        clients: [
          {
            name: 'backend',
            secret: true,
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthFlows: ['code'],
            AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
            CallbackURLs: [`${origin}/auth/callback`],
            LogoutURLs: [`${origin}/`],
            SupportedIdentityProviders: ['COGNITO', 'Google'],
          },
        ],
        users: [{ ...DEMO_USER, attributes: { email: DEMO_USER.username } }],
      },
    ],
  });
  // #endregion
}

export function environmentOf(cognito: LocalCognito, origin: string): SampleEnvironment {
  const options = cognito.pool('web').moduleOptions();
  return {
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_CLIENT_SECRET: options.clientSecret ?? '',
    COGNITO_DOMAIN: cognito.endpoint,
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
    ORIGIN: origin,
  };
}
