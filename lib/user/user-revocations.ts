import { readUnverifiedClaims } from '../protocol/unverified-claims.js';
import { MandateError } from '../errors/mandate-error.js';
import type { MandateErrorCode } from '../errors/error-codes.js';
import { type MarkOptions, RevocationNotRecordedError, type SignOutMarks } from '../tokens/revocation-marks.js';
import type { Verifier } from '../tokens/verifier.js';

/** Verdicts that come after signature, issuer and client were found right: the claims are then Cognito's own. */
const GENUINE: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
  'REVOCATION_STORE_UNAVAILABLE',
]);

/** What is written down here, Cognito has ended. */
const OVER: MarkOptions = { endedAtCognito: true };

/** Writes down what users ended, so that guards refuse the tokens at once. */
export class UserRevocations {
  constructor(
    private readonly marks: SignOutMarks,
    private readonly verifier: Pick<Verifier, 'verify'>,
  ) {}

  /** All sign-ins of a user. @param accessToken - one that Cognito has just taken, so its claims are to be trusted. */
  async everySignIn(accessToken: string): Promise<void> {
    const { sub, exp, origin_jti } = claimsOf(accessToken);
    // The sign-in in hand is marked by its name too: that does not depend on anybody's clock.
    await Promise.all([
      this.marks.revokeUser(sub, OVER),
      ...(origin_jti === undefined ? [] : [this.marks.revokeSignIn({ exp, origin_jti }, OVER)]),
    ]);
  }

  /**
   * One sign-in. @param token - an access or id token of it, expired or not; Cognito has not seen it, so it is verified.
   *
   * @throws TokenRejectedError if the token is not genuine.
   */
  async signInOf(token: string): Promise<void> {
    await this.verifier.verify(token, { tokenUse: null }).catch((error: unknown) => {
      if (!(error instanceof MandateError && GENUINE.has(error.code))) {
        throw error;
      }
    });
    await this.marks.revokeSignIn(claimsOf(token), OVER);
  }
}

function claimsOf(token: string): { sub: string; exp: number; origin_jti?: string } {
  const { sub, exp, origin_jti } = readUnverifiedClaims(token) ?? {};
  if (typeof sub !== 'string' || typeof exp !== 'number') {
    throw new RevocationNotRecordedError({ cause: new TypeError('The token has no readable claims sub and exp.') });
  }
  return { sub, exp, ...(typeof origin_jti === 'string' && { origin_jti }) };
}
