import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';

import { MandateError } from '../errors/mandate-error.js';
import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import { setAuthentication } from './authentication.js';
import { extractToken } from './extractors/find-token.js';
import { DEFAULT_POOL, type RegisteredPool } from './pools/user-pools.js';
import { httpSource } from './request-context.js';
import { denyAccess, notifyOfDenial } from './responses/access-denial.js';

/**
 * Returns the passport name of a pool's strategy: `cognito`, or `cognito:<name>` for a named pool.
 *
 * @publicApi
 */
export function strategyName(pool: string = DEFAULT_POOL): string {
  return pool === DEFAULT_POOL ? 'cognito' : `cognito:${pool}`;
}

/**
 * A passport-jwt strategy of one user pool. The interface does not use passport-jwt's own types, which are a separate
 * package that applications need not install.
 *
 * @publicApi
 */
export interface CognitoStrategy {
  /** Called by passport. */
  authenticate(request: object): void;
  /** Returns `request.user`; a falsy value rejects the token. Override it to load a user of your own. */
  validate(claims: VerifiedClaims): unknown;
}

/**
 * Constructor of a pool's strategy.
 *
 * @publicApi
 */
export type CognitoStrategyClass = new (pool: RegisteredPool) => CognitoStrategy;

/**
 * Creates a strategy class; creating an instance registers it with passport under the name. A process has one passport: of
 * two applications with the same strategy name, the one created last owns it. `CognitoAuthGuard` does not use passport.
 *
 * @publicApi
 */
export function cognitoStrategy(name: string): CognitoStrategyClass {
  return class extends PassportStrategy(Strategy, name) {
    constructor(private readonly pool: RegisteredPool) {
      super({
        jwtFromRequest: (request: object) => extractToken(httpSource(request), pool.extractors),
        // Never called, because `authenticate` is overridden; but passport-jwt requires a way to a key.
        secretOrKeyProvider: (_request, _token, done) => {
          done(new TokenRejectedError('TOKEN_KEY_UNKNOWN'));
        },
        algorithms: ['RS256'],
      });
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

    validate(claims: VerifiedClaims): unknown {
      return claims;
    }

    // Not `#private`: passport calls `authenticate` on an object that it creates by Object.create(strategy).
    private async verifyRequest(request: object): Promise<object> {
      const token = extractToken(httpSource(request), this.pool.extractors);
      const claims = await this.pool.verifier.verify(token);
      const user: unknown = await this.validate(claims);
      if (typeof user !== 'object' || user === null) {
        throw new TokenRejectedError('TOKEN_CLAIMS_INVALID');
      }
      setAuthentication(request, { claims, token, pool: this.pool.name });
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
  };
}

/**
 * The passport-jwt strategy `cognito` of the default pool, for `AuthGuard('cognito')`. It uses the verifier of
 * `CognitoAuthGuard` and reads no decorators: `@Public`, `@Groups`, `@Scopes`, `@MaxAge`, `@TokenUse`, `@Pool` and the
 * other access decorators require `CognitoAuthGuard`.
 *
 * A malformed `Authorization` header is answered with 400 REQUEST_MALFORMED, an outage of the key set with 503, and any
 * other rejection with Nest's own 401. Add `CognitoExceptionFilter` to send their `WWW-Authenticate` and `Retry-After`
 * headers.
 *
 * @publicApi
 */
export class CognitoJwtStrategy extends cognitoStrategy(strategyName()) {}
