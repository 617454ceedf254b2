import type {
  CreateUserPoolRequest,
  CustomDomainConfigType,
  EmailMfaConfigType,
  LogConfigurationType,
  RoutingType,
  SchemaAttributeType,
  SmsMfaConfigType,
  SoftwareTokenMfaConfigType,
  UserPoolMfaType,
  WebAuthnConfigurationType,
} from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from './app-client.js';
import type { UserAuthEvents } from './auth-event.js';
import type { IdentityProvider } from './identity-provider.js';
import type { ManagedLoginBranding } from './managed-login-branding.js';
import type { PageBranding } from './page-branding.js';
import type { PoolReplica, RiskConfiguration, UiCustomization } from './pool-configuration.js';
import type { ResourceServer } from './resource-server.js';
import type { SignInStore } from './sign-in-store.js';
import type { Terms } from './terms.js';
import type { UserDirectory } from './user-directory.js';
import type { UserImportFile, UserImportJob } from './user-import-job.js';

/** The settings of CreateUserPool, UpdateUserPool and DescribeUserPool, with defaults filled in. */
export type PoolSettings = Omit<CreateUserPoolRequest, 'PoolName' | 'Schema' | 'MfaConfiguration'>;

/** The settings of SetUserPoolMfaConfig. */
export interface PoolMfa {
  configuration: UserPoolMfaType;
  sms?: SmsMfaConfigType;
  softwareToken?: SoftwareTokenMfaConfigType;
  email?: EmailMfaConfigType;
  webAuthn?: WebAuthnConfigurationType;
}

/** An attribute of the schema; its name is never absent. */
export type SchemaAttribute = SchemaAttributeType & { readonly Name: string };

/** A group of users. Names are case-sensitive. */
export interface Group {
  readonly name: string;
  description?: string;
  roleArn?: string;
  /** The lowest number has the highest precedence. */
  precedence?: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
}

/** How a pool tracks the sessions of its users (SetUserPoolSessionConfiguration). */
export interface SessionTracking {
  readonly enabled: boolean;
  /** Maximum number of active sign-ins per user. */
  readonly maxPerUser: number;
}

/** The domain of a pool: `<prefix>.auth.localhost:<port>` reaches its managed login and no other pool's. */
export interface PoolDomain {
  readonly prefix: string;
  /** 1: the classic pages, 2: managed login. The embedded Cognito shows the same pages for both. Default: 2. */
  readonly managedLoginVersion?: number;
  readonly routing?: RoutingType;
}

/** A domain that the pool's owner has: CreateUserPoolDomain stores it, nothing is served there. */
export interface CustomDomain {
  readonly name: string;
  readonly config: CustomDomainConfigType;
  readonly managedLoginVersion: number;
  readonly routing?: RoutingType;
}

/** Something that the options have created. */
export interface Seeded {
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A user pool with everything in it. */
export interface Pool {
  readonly id: string;
  name: string;
  readonly region: string;
  settings: PoolSettings;
  mfa: PoolMfa;
  /** Default: off. */
  sessionTracking?: SessionTracking;
  /** Default: none. The server's own origin serves the managed login of every pool. */
  domain?: PoolDomain;
  /** Default: none. */
  customDomain?: CustomDomain;
  /** Look of the pages. Default: plain. */
  branding?: PageBranding;
  /** Where logs are delivered: SetLogDeliveryConfiguration. Default: nowhere. */
  logDelivery?: readonly LogConfigurationType[];
  readonly schema: Map<string, SchemaAttribute>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
  readonly clients: Map<string, AppClient>;
  readonly groups: Map<string, Group>;
  /** By name. */
  readonly identityProviders: Map<string, IdentityProvider>;
  /** By identifier. */
  readonly resourceServers: Map<string, ResourceServer>;
  /** By id of the app client. */
  readonly brandings: Map<string, ManagedLoginBranding>;
  /** What the options have created, as `<kind>/<name>`: what was deleted since is not created anew at the next start. */
  readonly seeded: Map<string, Seeded>;
  /** By id. */
  readonly terms: Map<string, Terms>;
  /** By id. */
  readonly importJobs: Map<string, UserImportJob>;
  /** By id of the import. */
  readonly importFiles: Map<string, UserImportFile>;
  /** By `sub`. */
  readonly authEvents: Map<string, UserAuthEvents>;
  /** By id of the app client, or `ALL`. */
  readonly riskConfigurations: Map<string, RiskConfiguration>;
  /** By id of the app client, or `ALL`. */
  readonly uiCustomizations: Map<string, UiCustomization>;
  /** By region. */
  readonly replicas: Map<string, PoolReplica>;
  readonly users: UserDirectory;
  readonly signIns: SignInStore;
}
