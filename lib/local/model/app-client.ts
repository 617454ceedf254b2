import type { CreateUserPoolClientRequest } from '@aws-sdk/client-cognito-identity-provider';

import type { PageBranding } from './page-branding.js';

/** The settings of CreateUserPoolClient, UpdateUserPoolClient and DescribeUserPoolClient. */
export type AppClientSettings = Omit<
  CreateUserPoolClientRequest,
  'UserPoolId' | 'ClientName' | 'GenerateSecret' | 'ClientSecret'
>;

/** One of up to two active secrets of a client. */
export interface AppClientSecret {
  readonly id: string;
  readonly value: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** An app client. */
export interface AppClient {
  readonly id: string;
  name: string;
  settings: AppClientSettings;
  secrets: AppClientSecret[];
  /** Lifetime of SSO sessions in minutes. Default: 60. */
  ssoValidityMinutes?: number;
  /** Default: that of the pool. */
  branding?: PageBranding;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
}
