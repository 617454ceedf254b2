import { readUnverifiedClaims } from '../protocol/unverified-claims.js';
import { MandateError } from '../errors/mandate-error.js';
import type { MandateErrorCode } from '../errors/error-codes.js';
import type { RevokeOptions, SignInRevoker, RevocationCache } from '../tokens/revocation/token-revoker.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import type { Verifier } from '../tokens/verifier.js';

/** Verdicts that come after signature, issuer and client were found right: the claims are then Cognito's own. */
const GENUINE: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
  'REVOCATION_CHECK_FAILED',
]);

/** What is written down here, Cognito has ended. */
const OVER: RevokeOptions = { endedAtCognito: true };

/** Tells where the guard looks for marks about tokens of an issuer; `undefined` for an issuer that it does not know. */
export type RevokerOfIssuer = (issuer: string) => Promise<SignInRevoker | undefined>;

/** Where what users ended is written down. */
export interface UserRevocationsOptions {
  /** For the service's own pool; left out where nothing is to be written. */
  readonly revoker?: SignInRevoker | RevocationCache | undefined;
  readonly verifier: Pick<Verifier, 'accepts' | 'verify'>;
  /** For the pools of tenants. Default: there are none. */
  readonly revokerOfTenant?: RevokerOfIssuer | undefined;
}

/** Writes down what users ended, so that guards refuse the tokens at once. */
export class UserRevocations {
  constructor(private readonly options: UserRevocationsOptions) {}

  /**
   * Runs an operation that ends all sign-ins of a user and marks them on success. Such an operation names no pool: the
   * token's issuer decides. So it is run only if the mark will be where the guard looks that takes the token.
   *
   * @param accessToken - one that Cognito will take if the operation succeeds, so its claims are then to be trusted.
   * @throws TokenRejectedError before the operation, if the token is of another pool or cannot be read.
   */
  async around(accessToken: string, operation: () => Promise<unknown>): Promise<void> {
    const { revoker: own } = this.options;
    if (own === undefined || own.forget !== undefined) {
      await operation();
      own?.forget();
      return;
    }
    const { sub, exp, origin_jti, iss } = claimsOf(accessToken);
    const revoker = await this.revokerFor(iss, own);
    await operation();
    // The sign-in in hand is marked by its name too: that does not depend on anybody's clock.
    await Promise.all([
      revoker.revokeUser(sub, OVER),
      ...(origin_jti === undefined ? [] : [revoker.revokeSignIn({ exp, origin_jti }, OVER)]),
    ]);
  }

  /**
   * One sign-in that Cognito has ended.
   *
   * @param token - an access or id token of it, expired or not; Cognito has not seen it, so it is verified. Without one
   *   the sign-in has no name and is not marked.
   * @throws TokenRejectedError if the token is not genuine.
   */
  async signInOf(token: string | undefined): Promise<void> {
    const { revoker } = this.options;
    if (revoker === undefined || revoker.forget !== undefined) {
      revoker?.forget();
      return;
    }
    if (token === undefined) {
      return;
    }
    await this.options.verifier.verify(token, { tokenUse: null }).catch((error: unknown) => {
      if (!(error instanceof MandateError && GENUINE.has(error.code))) {
        throw error;
      }
    });
    await revoker.revokeSignIn(claimsOf(token), OVER);
  }

  private async revokerFor(issuer: string, own: SignInRevoker): Promise<SignInRevoker> {
    const { verifier, revokerOfTenant } = this.options;
    const revoker = (await verifier.accepts(issuer)) ? own : await revokerOfTenant?.(issuer);
    if (revoker === undefined) {
      throw new TokenRejectedError('TOKEN_ISSUER_REFUSED');
    }
    return revoker;
  }
}

/** What a mark is made of, out of a token that is not verified here. */
interface MarkingClaims {
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly origin_jti?: string;
}

function claimsOf(token: string): MarkingClaims {
  const claims = readUnverifiedClaims(token);
  if (claims === undefined) {
    throw new TokenRejectedError('TOKEN_MALFORMED');
  }
  const { iss, sub, exp, origin_jti } = claims;
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof exp !== 'number') {
    throw new TokenRejectedError('TOKEN_CLAIMS_INVALID');
  }
  return { iss, sub, exp, ...(typeof origin_jti === 'string' && { origin_jti }) };
}
