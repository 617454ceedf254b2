import { DEFAULT_POOL, DEFAULT_PORT } from '../../local/default-pool.js';

/** A variable of the environment with the comment above it; without a value it is commented out. */
export interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  readonly comment: string;
}

const endpoint = `http://127.0.0.1:${String(DEFAULT_PORT)}`;

/** The pool that `npx mandate local` has: an application runs with it at once. */
export const POOL_VARIABLES: readonly Variable[] = [
  {
    name: 'COGNITO_USER_POOL_ID',
    value: DEFAULT_POOL.id,
    comment: 'The user pool and its app client. These are those of the embedded Cognito: npx mandate local',
  },
  { name: 'COGNITO_CLIENT_ID', value: DEFAULT_POOL.clients[0].id, comment: '' },
  { name: 'COGNITO_CLIENT_SECRET', value: undefined, comment: 'Only for an app client that has a secret.' },
  {
    name: 'COGNITO_ENDPOINT',
    value: endpoint,
    comment: 'Only for the embedded Cognito. Remove both for Amazon Cognito.',
  },
  { name: 'COGNITO_ISSUER', value: `${endpoint}/${DEFAULT_POOL.id}`, comment: '' },
];

/** Those that the root module cannot do without. */
export const REQUIRED_VARIABLES = ['COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID'] as const;

/** What sessions in a cookie need besides. */
export function sessionVariables(secret: string): readonly Variable[] {
  return [
    { name: 'ORIGIN', value: 'http://localhost:3000', comment: 'Where the pages of the application are.' },
    {
      name: 'SESSION_SECRET',
      value: secret,
      comment: 'Seals the cookies: 32 random characters or more, such as the output of: openssl rand -base64 32',
    },
  ];
}
