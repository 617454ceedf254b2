import { randomBytes } from 'node:crypto';

import { LocalCognito } from 'mandate/testing';

/** Users who can add posts. The first one can also remove posts. */
export const DEMO_USERS = [
  {
    username: 'ann',
    password: 'Correct-Horse-9',
    groups: ['moderators'],
    attributes: { email: 'ann@example.com' },
  },
  { username: 'bob', password: 'Correct-Horse-9' },
] as const;

/** Has a temporary password, which the first sign-in has to replace. */
export const INVITED_USER = { username: 'cid', password: 'Temporary-9', status: 'FORCE_CHANGE_PASSWORD' } as const;

/** The environment variables of the application. A deployment sets them for a user pool in AWS. */
export type CognitoEnvironment = Record<
  'COGNITO_USER_POOL_ID' | 'COGNITO_CLIENT_ID' | 'COGNITO_ENDPOINT' | 'COGNITO_ISSUER' | 'SESSION_SECRET',
  string
>;

/** Starts a Cognito in this process, with the demo users. */
export async function startEmbeddedCognito(): Promise<LocalCognito> {
  return LocalCognito.start({
    pools: [{ name: 'board', clients: [{ name: 'backend' }], users: [...DEMO_USERS, INVITED_USER] }],
  });
}

export function environmentOf(cognito: LocalCognito): CognitoEnvironment {
  const options = cognito.pool('board').moduleOptions();
  return {
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
    // Without the variable sessions end with this process.
    SESSION_SECRET: process.env['SESSION_SECRET'] ?? randomBytes(32).toString('base64url'),
  };
}
