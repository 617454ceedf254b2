import { Reflector } from '@nestjs/core';

import type { AccessPolicy } from '../auth/access/access-policy.js';
import type { Authentication } from '../auth/authentication.js';
import { CognitoAuthGuard } from '../auth/cognito-auth.guard.js';
import type { RequestContext } from '../auth/request-context.js';
import { DEFAULT_POOL, UserPools, type RegisteredPool } from '../auth/pools/user-pools.js';
import { systemClock } from '../time/clock.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import { type KnownCaller, knownClaims, unsignedToken } from './known-caller.js';

/**
 * A guard for unit tests in place of `CognitoAuthGuard`. Every call comes from a caller that the test names; no token
 * is read or verified, and `MandateModule` is not needed.
 *
 * The access decorators still apply: `@Groups`, `@Scopes`, `@MaxAge`, `@RequireAcr`, `@TokenUse`, `@Pool` and `@Public`
 * are evaluated against the caller's claims, and refusals are the same as in production. `@CurrentUser` and
 * `@AccessToken` return the caller. What the module's options add (`acceptedClientIds`, `revocation`, `customCheck`,
 * `tenants`) does not apply. To skip the decorators too, override the guard with `{ canActivate: () => true }`.
 *
 * For an application with `MandateModule` use `overrideCognito`, which knows every way to register a guard.
 *
 * @example
 * const guard = new KnownCallerGuard({ username: 'ann', groups: ['admins'] });
 * const module = await Test.createTestingModule({ controllers: [OrdersController] })
 *   .overrideGuard(CognitoAuthGuard)
 *   .useValue(guard)
 *   .compile();
 *
 * guard.caller = undefined; // from now on: calls without a token
 *
 * @publicApi
 */
export class KnownCallerGuard extends CognitoAuthGuard {
  /**
   * @param caller - the caller of every call; `undefined` for calls without a token. Tests may replace it at any time.
   */
  constructor(public caller?: KnownCaller) {
    super(new AnyPool(), new Reflector());
  }

  protected override authenticate(_call: RequestContext, policy: AccessPolicy): Authentication {
    const { caller } = this;
    if (caller === undefined) {
      throw new TokenRejectedError('TOKEN_MISSING');
    }
    const pool = poolOf(caller, policy);
    const { expectations } = policy;
    const claims = knownClaims(caller, { pool, clientId: 'testclient', expectations, now: systemClock() });
    const token = caller.token ?? unsignedToken(claims);
    return this.authorize({ claims, token, pool, user: caller.user }, policy);
  }
}

/** Knows every pool by name, so that tests need not register any. */
class AnyPool extends UserPools {
  override get(name: string = DEFAULT_POOL): RegisteredPool {
    return { name, realm: name, extractors: [], clock: systemClock, verifier: NO_VERIFIER };
  }
}

// Not annotated as `Verifier`: the guard never calls it.
const NO_VERIFIER = {
  accepts: () => false,
  verify: () => Promise.reject(new TokenRejectedError('TOKEN_ISSUER_REFUSED')),
  keys: () => [],
};

function poolOf({ pool }: KnownCaller, { pools }: AccessPolicy): string {
  const accepted = pools.length > 0 ? pools : [DEFAULT_POOL];
  if (pool !== undefined && !accepted.includes(pool)) {
    throw new TokenRejectedError('TOKEN_ISSUER_REFUSED');
  }
  return pool ?? accepted[0] ?? DEFAULT_POOL;
}
