import { LocalCognito } from 'mandate/testing';

/** Signs in at once; the pool accepts it as user name or by e-mail. */
export const DEMO_USER = { username: 'demo', email: 'demo@example.com', password: 'Demo-Passw0rd' } as const;

/** What the application reads from its environment; a deployment sets the same variables for a pool in AWS. */
export type CognitoEnvironment = Record<
  'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_ID' | 'COGNITO_CLIENT_SECRET' | 'COGNITO_ENDPOINT' | 'COGNITO_ISSUER',
  string
>;

/** Starts a Cognito in this process: a pool with an app client that has a secret, and the demo user. */
export async function startEmbeddedCognito(port: number): Promise<LocalCognito> {
  return LocalCognito.start({
    port,
    pools: [
      {
        name: 'quick-start',
        AliasAttributes: ['email'],
        clients: [{ name: 'backend', secret: true }],
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
    onMessage: (message) => {
      console.log(`[${message.medium}] to ${message.to}: ${message.text}`);
    },
  });
}

export function environmentOf(cognito: LocalCognito): CognitoEnvironment {
  const options = cognito.pool('quick-start').moduleOptions();
  return {
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_CLIENT_SECRET: options.clientSecret ?? '',
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
  };
}
