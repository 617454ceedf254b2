import { LocalCognito } from 'mandate/testing';

/** A confirmed user. */
export const DEMO_USER = { username: 'demo', password: 'Demo-Passw0rd' } as const;

/** The environment variables of an instance. A deployment sets them for a user pool in AWS. */
export type CognitoEnvironment = Record<
  'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_ID' | 'COGNITO_CLIENT_SECRET' | 'COGNITO_ENDPOINT' | 'COGNITO_ISSUER',
  string
>;

/** Starts a Cognito in this process. The instances run in other processes. */
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
