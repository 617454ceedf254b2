import type { MandateErrorCode } from '../../errors/error-codes.js';
import { MandateError } from '../../errors/mandate-error.js';
import { readUnverifiedClaims } from '../../protocol/unverified-claims.js';
import { endSignIns, type Revoker } from './end-sign-ins.js';
import type { RevokeOptions, SignInRevoker } from './token-revoker.js';
import { TokenRejectedError } from '../token-errors.js';
import type { Verifier } from '../verifier.js';

/** Rejections that come after signature, issuer and client were verified: the claims are Cognito's. */
const GENUINE: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
  'REVOCATION_CHECK_FAILED',
]);

const ENDED_AT_COGNITO: RevokeOptions = { endedAtCognito: true };

/** The revoker that the guard reads for tokens of an issuer; undefined for an unknown issuer. */
export type RevokerOfIssuer = (issuer: string) => Promise<SignInRevoker | undefined>;

/** Options of `UserRevocations`. */
export interface UserRevocationsOptions {
  /** For the service's own pool. Default: nothing is recorded. */
  readonly revoker?: Revoker;
  readonly verifier: Pick<Verifier, 'accepts' | 'verify'>;
  /** For the pools of tenants. Default: there are none. */
  readonly revokerOfTenant?: RevokerOfIssuer | undefined;
}

/** Records the sign-ins that users end, so that guards reject their tokens at once. */
export class UserRevocations {
  constructor(private readonly options: UserRevocationsOptions) {}

  /**
   * Runs an operation that ends all sign-ins of a user and records that. Such an operation names no pool: the issuer of
   * the token decides. It runs only if the record goes to the revoker that the guard reads for this issuer.
   *
   * @param accessToken - authorizes the operation. If the operation succeeds, Cognito has verified its claims.
   * @throws TokenRejectedError before the operation, if the token is of another pool or cannot be read.
   */
  async endAll(accessToken: string, operation: () => Promise<unknown>): Promise<void> {
    await endSignIns(this.options.revoker, operation, async (own) => {
      const { sub, exp, origin_jti, iss } = claimsOf(accessToken);
      const revoker = await this.revokerFor(iss, own);
      return async () =>
        Promise.all([
          revoker.revokeUser(sub, ENDED_AT_COGNITO),
          // `revokeUser` compares times. The id of the current sign-in does not depend on anyone's clock.
          ...(origin_jti === undefined ? [] : [revoker.revokeSignIn({ exp, origin_jti }, ENDED_AT_COGNITO)]),
        ]);
    });
  }

  /**
   * Runs an operation that ends one sign-in and records that.
   *
   * @param token - an access or id token of the sign-in, expired or not. Cognito does not see it, so it is verified.
   *   Without it the sign-in is unknown, and nothing is recorded.
   * @throws TokenRejectedError after the operation, if the token is not genuine.
   */
  async endOne(token: string | undefined, operation: () => Promise<unknown>): Promise<void> {
    await endSignIns(this.options.revoker, operation, (revoker) => async () => {
      if (token !== undefined) {
        await this.requireGenuine(token);
        await revoker.revokeSignIn(claimsOf(token), ENDED_AT_COGNITO);
      }
    });
  }

  private async requireGenuine(token: string): Promise<void> {
    // Whom the token is for does not matter: it opens nothing here.
    await this.options.verifier.verify(token, { tokenUse: null, audiences: null }).catch((error: unknown) => {
      if (!(error instanceof MandateError && GENUINE.has(error.code))) {
        throw error;
      }
    });
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

/** The claims of a revocation record, from a token that is not verified here. */
interface RevocationClaims {
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly origin_jti?: string;
}

function claimsOf(token: string): RevocationClaims {
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
