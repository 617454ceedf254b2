import type {
  CreateUserPoolRequest,
  EmailMfaConfigType,
  SchemaAttributeType,
  SmsMfaConfigType,
  SoftwareTokenMfaConfigType,
  UserPoolMfaType,
  WebAuthnConfigurationType,
} from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from './app-client.js';
import type { Group } from './group.js';
import type { SessionTracking } from './session-tracking.js';
import type { SignInStore } from './sign-in-store.js';
import type { UserDirectory } from './user-directory.js';

/** Everything about a pool that Create and Update take and Describe echoes, defaults filled in. */
export type PoolSettings = Omit<CreateUserPoolRequest, 'PoolName' | 'Schema' | 'MfaConfiguration'>;

/** SetUserPoolMfaConfig's part of a pool. */
export interface PoolMfa {
  configuration: UserPoolMfaType;
  sms?: SmsMfaConfigType;
  softwareToken?: SoftwareTokenMfaConfigType;
  email?: EmailMfaConfigType;
  webAuthn?: WebAuthnConfigurationType;
}

/** An attribute of the schema: the members that are always there, there. */
export type SchemaAttribute = SchemaAttributeType & { readonly Name: string };

/** A user pool and all it holds. */
export interface Pool {
  readonly id: string;
  name: string;
  readonly region: string;
  settings: PoolSettings;
  mfa: PoolMfa;
  /** Off unless said. */
  sessionTracking?: SessionTracking;
  readonly schema: Map<string, SchemaAttribute>;
  readonly createdAt: number;
  modifiedAt: number;
  readonly clients: Map<string, AppClient>;
  readonly groups: Map<string, Group>;
  readonly users: UserDirectory;
  readonly signIns: SignInStore;
}
