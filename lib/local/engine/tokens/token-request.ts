import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { SignIn } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';

/** Why tokens are made: the end of `triggerSource` of the pre-token-generation trigger. */
export type TokenSource =
  | 'HostedAuth'
  | 'Authentication'
  | 'NewPasswordChallenge'
  | 'AuthenticateDevice'
  | 'RefreshTokens'
  | 'ClientCredentials';

/** For whom tokens are made. */
export interface TokenRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
  readonly signIn: SignIn;
  /** Default `Authentication`. */
  readonly source?: TokenSource;
  /** For the trigger; InitiateAuth's does not get there. */
  readonly clientMetadata?: Record<string, string> | undefined;
}

/** The claims of both tokens before they are signed. */
export interface TokenClaims {
  access: Record<string, unknown>;
  id: Record<string, unknown>;
}
