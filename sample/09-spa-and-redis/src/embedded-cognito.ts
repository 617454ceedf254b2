import { LocalCognito } from 'mandate/testing';

/** A confirmed user. */
export const DEMO_USER = { username: 'demo@example.com', password: 'Demo-Passw0rd' } as const;

/** The environment variables of the services. A deployment sets them for a user pool in AWS. */
export type SampleEnvironment = Record<
  | 'COGNITO_USER_POOL_ID'
  | 'COGNITO_CLIENT_ID'
  | 'COGNITO_CLIENT_SECRET'
  | 'COGNITO_MACHINE_CLIENT_ID'
  | 'COGNITO_MACHINE_CLIENT_SECRET'
  | 'COGNITO_DOMAIN'
  | 'COGNITO_ENDPOINT'
  | 'COGNITO_ISSUER'
  | 'ORIGIN',
  string
>;

/**
 * Starts a Cognito in this process. The services run in other processes.
 *
 * @param origin - where the application is reached.
 */
export async function startEmbeddedCognito(origin: string): Promise<LocalCognito> {
  return LocalCognito.start({
    pools: [
      {
        name: 'shop',
        UsernameAttributes: ['email'],
        clients: [
          {
            name: 'web',
            secret: true,
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthFlows: ['code'],
            AllowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
            CallbackURLs: [`${origin}/auth/callback`],
            LogoutURLs: [`${origin}/`],
            SupportedIdentityProviders: ['COGNITO'],
            // Two instances may renew one session at the same moment.
            RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
          },
          {
            name: 'machine',
            secret: true,
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthFlows: ['client_credentials'],
            AllowedOAuthScopes: ['reports/orders'],
          },
        ],
        users: [{ ...DEMO_USER, attributes: { email: DEMO_USER.username } }],
      },
    ],
  });
}

export function environmentOf(cognito: LocalCognito, origin: string): SampleEnvironment {
  const pool = cognito.pool('shop');
  const [web, machine] = [pool.client('web'), pool.client('machine')];
  return {
    COGNITO_USER_POOL_ID: pool.id,
    COGNITO_CLIENT_ID: web.id,
    COGNITO_CLIENT_SECRET: web.secret ?? '',
    COGNITO_MACHINE_CLIENT_ID: machine.id,
    COGNITO_MACHINE_CLIENT_SECRET: machine.secret ?? '',
    COGNITO_DOMAIN: cognito.endpoint,
    COGNITO_ENDPOINT: cognito.endpoint,
    COGNITO_ISSUER: pool.issuer,
    ORIGIN: origin,
  };
}
