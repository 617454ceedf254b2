import { LocalCognito } from 'mandate/testing';

/** Signs in at once. */
export const DEMO_USER = { username: 'demo', password: 'Demo-Passw0rd' } as const;

/** What an instance reads from its environment; a deployment sets the same variables for a pool in AWS. */
export type CognitoEnvironment = Record<
  'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_ID' | 'COGNITO_CLIENT_SECRET' | 'COGNITO_ENDPOINT' | 'COGNITO_ISSUER',
  string
>;

/** Starts a Cognito in this process, for instances in other ones. */
export async function startEmbeddedCognito(): Promise<LocalCognito> {
  return LocalCognito.start({
    pools: [{ name: 'revocation', clients: [{ name: 'backend', secret: true }], users: [DEMO_USER] }],
  });
}

export function environmentOf(cognito: LocalCognito): CognitoEnvironment {
  const options = cognito.pool('revocation').moduleOptions();
  return {
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_CLIENT_SECRET: options.clientSecret ?? '',
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
  };
}
