import { MandateError } from '../../errors/mandate-error.js';
import type { VerifiedClaims } from '../claims/token-claims.js';

/** The claims that say to which token, and to which sign-in, a mark belongs. */
export type RevocableClaims = Pick<VerifiedClaims, 'exp' | 'jti' | 'origin_jti'>;

/** What is known about the sign-ins that a mark ends. */
export interface RevokeOptions {
  /**
   * Cognito ended them as well, so that none of their refresh tokens gives new tokens (GlobalSignOut, RevokeToken,
   * AdminUserGlobalSignOut, DeleteUser). The mark is then kept only as long as a token already issued can live: a day.
   * Default false: it is kept as long as a sign-in can live.
   */
  readonly endedAtCognito?: boolean | undefined;
}

/**
 * Where revocations are written down, so that tokens which are still good by their signature are refused. Every method
 * resolves once the mark is seen by whoever asks next.
 *
 * A mark changes nothing at Cognito: a refresh token goes on giving new tokens, which guards refuse while the mark is
 * kept. Who is to be locked out should be signed out at Cognito too.
 *
 * @throws RevocationNotRecordedError from every method, if the mark could not be written.
 */
export interface TokenRevoker {
  /** Refuses one token, by its claim `jti`. */
  revokeToken(claims: RevocableClaims): Promise<void>;

  /** Refuses all tokens of one sign-in, by the claim `origin_jti` that they share. */
  revokeSignIn(claims: RevocableClaims, options?: RevokeOptions): Promise<void>;

  /**
   * Refuses all tokens of the sign-ins that a user has by now, those that renewal gives later included. Later sign-ins are not touched.
   *
   * @param sub - the user's id for life; not the username.
   */
  revokeUser(sub: string, options?: RevokeOptions): Promise<void>;
}

/** What the services need of it: they end sign-ins, not single tokens. */
export interface SignInRevoker extends Pick<TokenRevoker, 'revokeSignIn' | 'revokeUser'> {
  readonly forget?: undefined;
}

/** What the services need where no marks are kept, but answers that count no longer after any sign-out. */
export interface RevocationCache {
  readonly forget: () => void;
}

/** Cognito ended a sign-in, but the store of revocations did not take it: tokens already issued pass until they expire. */
export class RevocationNotRecordedError extends MandateError {
  override readonly name = 'RevocationNotRecordedError';

  constructor(options?: ErrorOptions) {
    super(
      'REVOCATION_NOT_RECORDED',
      'The revocation could not be written down: access and id tokens already issued pass until they expire, unless it is written again.',
      options,
    );
  }
}
