import { Strategy } from 'passport-jwt';

import { MandateError } from '../../errors/mandate-error.js';
import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import { TokenRejectedError } from '../../tokens/token-errors.js';
import { setAuthentication } from '../authentication.js';
import { extractToken } from '../extractors/extract-token.js';
import type { RegisteredPool } from '../pools/user-pools.js';
import { httpSource } from '../request-context.js';
import { denyAccess, notifyOfDenial, rejectUnknownUser } from '../responses/access-denial.js';

/**
 * The passport-jwt strategy of one user pool. It is in a file of its own because passport-jwt loads jsonwebtoken, a large
 * part of what this package adds to the start of an application; most applications never need it.
 */
export class PoolJwtStrategy extends Strategy {
  constructor(
    private readonly pool: RegisteredPool,
    private readonly validate: (claims: VerifiedClaims) => unknown,
  ) {
    super(
      {
        // Neither is ever called, because `authenticate` is overridden; but passport-jwt requires both.
        jwtFromRequest: () => null,
        secretOrKeyProvider: (_request, _token, done) => {
          done(new TokenRejectedError('TOKEN_KEY_UNKNOWN'));
        },
        algorithms: ['RS256'],
      },
      (_payload: unknown, done: (error: Error) => void) => {
        done(new TokenRejectedError('TOKEN_KEY_UNKNOWN'));
      },
    );
  }

  /** passport-jwt would answer an outage of the key set with 401, and check claims that Cognito's tokens lack. */
  override authenticate(request: object): void {
    this.verifyRequest(request).then(
      (user) => {
        this.success(user);
      },
      (error: unknown) => {
        this.decline(error);
      },
    );
  }

  // Not `#private`: passport calls `authenticate` on an object that it creates by Object.create(strategy).
  private async verifyRequest(request: object): Promise<unknown> {
    const token = await extractToken(httpSource(request), this.pool);
    const claims = await this.pool.verifier.verify(token);
    const user: unknown = await this.validate(claims);
    if (!user) {
      throw rejectUnknownUser(this.pool);
    }
    setAuthentication(request, { claims, token, pool: this.pool.name, user });
    return user;
  }

  private decline(error: unknown): void {
    if (error instanceof TokenRejectedError && error.status !== 400) {
      notifyOfDenial(error, this.pool);
      this.fail(error, error.status);
    } else {
      // `AuthGuard` answers a failure with 401. An outage is 503, a malformed header 400 (RFC 6750, section 3.1).
      this.error(error instanceof MandateError ? denyAccess(error, this.pool) : (error as Error));
    }
  }
}
