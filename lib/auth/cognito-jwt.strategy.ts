import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';

import { MandateError } from '../errors/mandate-error.js';
import type { VerifiedClaims } from '../tokens/claims/token-claims.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import { refusalOf, tellRefusal } from './responses/access-denial.js';
import { setAuthentication } from './authentication.js';
import { httpSource } from './request-context.js';
import { extractToken } from './extractors/token-extractors.js';
import { DEFAULT_POOL, type RegisteredPool } from './pools/user-pools.js';

/** The name under which passport knows the strategy of a pool: `cognito`, or `cognito:<name>` for a named pool. */
export function strategyName(pool: string = DEFAULT_POOL): string {
  return pool === DEFAULT_POOL ? 'cognito' : `cognito:${pool}`;
}

/**
 * A passport-jwt strategy of one user pool. Said without passport-jwt's own types, which come in a package apart that
 * users need not have.
 */
export interface CognitoStrategy {
  /** Called by passport. */
  authenticate(request: object): void;
  /** What becomes `request.user`; falsy to refuse. Override it to load a user of your own. */
  validate(claims: VerifiedClaims): unknown;
}

/** Makes the strategy of a pool. */
export type CognitoStrategyClass = new (pool: RegisteredPool) => CognitoStrategy;

/**
 * Makes the class of a strategy: passport takes the name when the instance is made. Passport is one for the whole
 * process, so of two applications with the same strategy name the last one counts; `CognitoAuthGuard` does not use it.
 */
export function cognitoStrategy(name: string): CognitoStrategyClass {
  return class extends PassportStrategy(Strategy, name) {
    constructor(private readonly pool: RegisteredPool) {
      super({
        jwtFromRequest: (request: object) => extractToken(httpSource(request), pool.extractors),
        // Never asked: `authenticate` has the pool verify the token. passport-jwt wants one of its two ways to a key.
        secretOrKeyProvider: (_request, _token, done) => {
          done(new TokenRejectedError('TOKEN_KEY_UNKNOWN'));
        },
        algorithms: ['RS256'],
      });
    }

    /** passport-jwt would take a missing key for a bad token, and check claims that Cognito's tokens do not have. */
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

    /** What becomes `request.user`; falsy to refuse. Override it to load a user of your own. */
    validate(claims: VerifiedClaims): unknown {
      return claims;
    }

    // No `#private` here: passport calls `authenticate` on an object that it makes with Object.create(strategy).
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
      if (error instanceof TokenRejectedError) {
        tellRefusal(error, this.pool);
        this.fail(error, error.status);
      } else {
        // Not the token's fault: an outage is 503, whatever else it is passes on.
        this.error(error instanceof MandateError ? refusalOf(error, this.pool) : (error as Error));
      }
    }
  };
}

/**
 * The passport-jwt strategy `cognito` of the default pool, for `AuthGuard('cognito')`. It verifies with the very verifier
 * that `CognitoAuthGuard` uses, and does no more: `@Public`, `@Groups`, `@Scopes`, `@MaxAge`, `@TokenUse`, `@Pool` and
 * the other access decorators are read by `CognitoAuthGuard` alone.
 */
export class CognitoJwtStrategy extends cognitoStrategy(strategyName()) {}
