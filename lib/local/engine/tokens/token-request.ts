import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import type { Claims } from './jws.js';

/** Reason for issuing tokens: the suffix of the pre-token-generation trigger's `triggerSource`. */
export type TokenSource =
  | 'HostedAuth'
  | 'Authentication'
  | 'NewPasswordChallenge'
  | 'AuthenticateDevice'
  | 'RefreshTokens'
  | 'ClientCredentials';

/** The sign-in to issue tokens for. */
export interface TokenRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
  readonly signIn: SignIn;
  /** Default: `Authentication`. */
  readonly source?: TokenSource;
  /** `nonce` of the ID token. */
  readonly nonce?: string | undefined;
  /** `aud` of the access token (RFC 8707). Only the token endpoint sets it. */
  readonly resource?: string | undefined;
  /** For the trigger. ClientMetadata of InitiateAuth does not reach it. */
  readonly clientMetadata?: Record<string, string> | undefined;
}

/** The claims of both tokens, unsigned. */
export interface TokenClaims {
  readonly access: Claims;
  readonly id: Claims;
}
