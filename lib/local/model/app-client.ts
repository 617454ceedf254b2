import type { CreateUserPoolClientRequest } from '@aws-sdk/client-cognito-identity-provider';

/** Everything about a client that CreateUserPoolClient and UpdateUserPoolClient take and Describe echoes. */
export type AppClientSettings = Omit<
  CreateUserPoolClientRequest,
  'UserPoolId' | 'ClientName' | 'GenerateSecret' | 'ClientSecret'
>;

/** One of up to two living secrets of a client. */
export interface AppClientSecret {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
}

/** An app client. */
export interface AppClient {
  readonly id: string;
  name: string;
  settings: AppClientSettings;
  secrets: AppClientSecret[];
  /** How long SSO sessions are reused; default 60. */
  ssoValidityMinutes?: number;
  readonly createdAt: number;
  modifiedAt: number;
}
