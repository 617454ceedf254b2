import { LocalCognito } from 'mandate/testing';

/** A confirmed user, who signs in with the username or the e-mail address. */
export const DEMO_USER = { username: 'demo', email: 'demo@example.com', password: 'Demo-Passw0rd' } as const;

/** The environment variables of the application. A deployment sets them for a user pool in AWS. */
export type CognitoEnvironment = Record<
  'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_ID' | 'COGNITO_CLIENT_SECRET' | 'COGNITO_ENDPOINT' | 'COGNITO_ISSUER',
  string
>;

/** Starts a Cognito in this process. Its pool has an app client with a secret, and the demo user. */
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
