import type { UserStatusType, WebAuthnConfigurationType } from '@aws-sdk/client-cognito-identity-provider';

import type { Clock } from '../../time/clock.js';
import type { PoolRequest } from '../engine/pools/create-pool.js';
import type { MfaConfigRequest } from '../engine/mfa/pool-mfa-config.js';
import type { RandomSource } from '../engine/random.js';
import type { PoolKeysPem } from '../engine/tokens/signing-keys.js';
import type { AppClientSettings } from '../model/app-client.js';
import type { LocalMessage } from '../model/message.js';
import type { Triggers } from '../model/triggers.js';

/** An app client of the embedded Cognito: CreateUserPoolClient's members, all auth flows allowed unless said. */
export interface LocalClientOptions extends AppClientSettings {
  /** The name that `pool.client(name)` takes. */
  readonly name: string;
  /** Default: 26 random letters and digits. */
  readonly id?: string;
  /** True makes a random secret, a text (24 to 64 letters, digits, `+`, `_`) is the secret; default: no secret. */
  readonly secret?: boolean | string;
}

/** A user who exists from the start. */
export interface LocalUserOptions {
  readonly username: string;
  /** Without one the user cannot sign in with a password. */
  readonly password?: string;
  /** An e-mail or phone number counts as verified unless `email_verified` or `phone_number_verified` says `'false'`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Groups that do not exist are made. */
  readonly groups?: readonly string[];
  /** Default `CONFIRMED`; `FORCE_CHANGE_PASSWORD` makes `password` a temporary one. */
  readonly status?: UserStatusType;
  /** Default true. */
  readonly enabled?: boolean;
}

/** A group that exists from the start. */
export interface LocalGroupOptions {
  readonly name: string;
  readonly description?: string;
  readonly precedence?: number;
  readonly roleArn?: string;
}

/**
 * A pool of the embedded Cognito: CreateUserPool's members and what is in it. What is left out is as Cognito has it,
 * except that e-mail addresses are verified automatically.
 */
export interface LocalPoolOptions extends Omit<PoolRequest, 'PoolName'> {
  /** The name that `cognito.pool(name)` takes; the pool's name in Cognito too. */
  readonly name: string;
  /** Default: `us-east-1_` and 9 random letters and digits. */
  readonly id?: string;
  /**
   * Passkeys: `WebAuthnConfiguration` of SetUserPoolMfaConfig. They also need `WEB_AUTHN` among
   * `Policies.SignInPolicy.AllowedFirstAuthFactors`. On this machine `RelyingPartyId: 'localhost'` is right.
   */
  readonly webAuthn?: WebAuthnConfigurationType;
  /** What SetUserPoolMfaConfig takes; default: no second factor. */
  readonly mfa?: MfaConfigRequest;
  /** Default: `public` without and `secret` with a secret. */
  readonly clients?: readonly LocalClientOptions[];
  readonly users?: readonly LocalUserOptions[];
  readonly groups?: readonly (string | LocalGroupOptions)[];
  /** Default: the triggers of `LocalCognito.start`. */
  readonly triggers?: Triggers;
  /** Private keys to sign with, so that starting is quicker and keys outlive the process. Default: new ones. */
  readonly keys?: PoolKeysPem;
}

/** What `LocalCognito.start` takes; everything has a default. */
export interface LocalCognitoOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /** Default: one pool named `default`. */
  readonly pools?: readonly LocalPoolOptions[];
  /** Users of the first pool. */
  readonly users?: readonly LocalUserOptions[];
  /** Triggers of every pool that has none of its own. */
  readonly triggers?: Triggers;
  /** The time; default: the machine's. Codes, sessions, tokens and locks end by it. */
  readonly clock?: Clock;
  /** Where identifiers, codes and secrets come from; default: the operating system. */
  readonly random?: RandomSource;
  /** Keeps pools, users and keys there as JSON, over restarts; default: they end with the process. */
  readonly dataDirectory?: string;
  /** Called with each mail and SMS; they are in `outbox` too. */
  readonly onMessage?: (message: LocalMessage) => void;
}
