import { MandateError } from '../../errors/mandate-error.js';
import type { VerifiedClaims } from '../claims/token-claims.js';
import { brandClass } from '../../types/class-brand.js';

/**
 * The claims that identify a token and its sign-in.
 *
 * @publicApi
 */
export type RevocableClaims = Pick<VerifiedClaims, 'exp' | 'jti' | 'origin_jti'>;

/**
 * Options of revoking sign-ins.
 *
 * @publicApi
 */
export interface RevokeOptions {
  /**
   * Whether Cognito ended the sign-ins as well, so that none of their refresh tokens works any longer (GlobalSignOut,
   * RevokeToken, AdminUserGlobalSignOut, DeleteUser). The entry is then kept only as long as a token already issued can
   * be valid: a day. Default: false, and it is kept as long as a sign-in can last.
   */
  readonly endedAtCognito?: boolean | undefined;
}

/**
 * Records revocations, so that tokens with a valid signature are rejected. Every method resolves once all later checks
 * see the entry.
 *
 * An entry changes nothing at Cognito: refresh tokens still work, and the guard rejects the tokens that they yield while
 * the entry is kept. To lock a user out, sign the user out at Cognito too.
 *
 * @throws RevocationNotRecordedError from every method, if the entry could not be written.
 *
 * @publicApi
 */
export interface TokenRevoker {
  /** Revokes one token, by its claim `jti`. */
  revokeToken(claims: RevocableClaims): Promise<void>;

  /** Revokes all tokens of one sign-in, by the claim `origin_jti` that they share. */
  revokeSignIn(claims: RevocableClaims, options?: RevokeOptions): Promise<void>;

  /**
   * Revokes all tokens of the sign-ins that a user has by now, renewed ones included. Later sign-ins are not affected.
   *
   * @param sub - the user's id (claim `sub`), not the username.
   */
  revokeUser(sub: string, options?: RevokeOptions): Promise<void>;
}

/** The part of a `TokenRevoker` that the services use: they end sign-ins, not single tokens. */
export interface SignInRevoker extends Pick<TokenRevoker, 'revokeSignIn' | 'revokeUser'> {
  readonly forget?: undefined;
}

/** What the services use where nothing is recorded, but cached answers become invalid with any sign-out. */
export interface RevocationCache {
  readonly forget: () => void;
}

/**
 * The revocation could not be recorded. Tokens already issued are accepted until they expire.
 *
 * @publicApi
 */
export class RevocationNotRecordedError extends MandateError {
  static {
    brandClass(this, 'RevocationNotRecordedError');
  }

  override readonly name = 'RevocationNotRecordedError';

  constructor(options?: ErrorOptions) {
    super(
      'REVOCATION_NOT_RECORDED',
      'The revocation could not be recorded. Access and ID tokens already issued are accepted until they expire. Revoke again.',
      options,
    );
  }
}
