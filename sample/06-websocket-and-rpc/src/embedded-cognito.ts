import { LocalCognito } from 'mandate/testing';

/** Users who can add notes. The first one can also clear the notes of all users. */
export const DEMO_USERS = [
  { username: 'ann', password: 'Correct-Horse-9', groups: ['moderators'] },
  { username: 'bob', password: 'Correct-Horse-9' },
] as const;

/** The environment variables of the application. A deployment sets them for a user pool in AWS. */
export type CognitoEnvironment = Record<
  'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_ID' | 'COGNITO_ENDPOINT' | 'COGNITO_ISSUER',
  string
>;

/** Starts a Cognito in this process, with the demo users. */
export async function startEmbeddedCognito(): Promise<LocalCognito> {
  return LocalCognito.start({
    pools: [{ name: 'notes', clients: [{ name: 'backend' }], users: DEMO_USERS }],
  });
}

export function environmentOf(cognito: LocalCognito): CognitoEnvironment {
  const options = cognito.pool('notes').moduleOptions();
  return {
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
  };
}
