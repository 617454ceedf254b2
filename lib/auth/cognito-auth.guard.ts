import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { MandateConfigurationError } from '../errors/configuration-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { brandClass, isInstance } from '../types/class-brand.js';
import { isObject } from '../types/is-object.js';
import { AccessPolicies, type AccessPolicy } from './access/access-policy.js';
import { setAuthentication, setRequestUser, type Authentication } from './authentication.js';
import { CONNECTION_EXPIRY, type ConnectionExpiry } from './connections/connection-expiry.js';
import { constructorTokens } from './constructor-tokens.js';
import { assertTokenSyntax, findToken, hasToken, isTokenMissing } from './extractors/extract-token.js';
import { verifyOnce } from './operation-verifications.js';
import { USER_POOLS, type RegisteredPool, type UserPools } from './pools/user-pools.js';
import { verifyByIssuer } from './pools/verify-by-issuer.js';
import { requestContextOf, type RequestContext } from './request-context.js';
import { denyAccess, rejectUnknownUser } from './responses/access-denial.js';
import { setHeadersWithStatus } from './responses/http-response.js';
import { loadOnce } from './user-loader.js';

/**
 * Allows a call if its token is valid and it meets the decorators of its handler and class, over HTTP, GraphQL,
 * WebSockets and microservices. An unknown transport is denied.
 *
 * Use it with `@UseGuards(CognitoAuthGuard)`, with `@Auth()`, or for the whole application as `APP_GUARD`. Subclasses
 * may override its steps.
 *
 * It throws `AccessDeniedException`: HTTP status, JSON body with a stable `code`, and a `WWW-Authenticate` header
 * (RFC 6750, section 3). For WebSockets and microservices add `CognitoExceptionFilter`: without it Nest hides the
 * reason there.
 *
 * @example
 * providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }]
 *
 * @publicApi
 */
@constructorTokens(USER_POOLS)
@Injectable()
export class CognitoAuthGuard implements CanActivate {
  static {
    brandClass(this, 'CognitoAuthGuard');
  }

  readonly #policies: AccessPolicies;
  /** A property, so that subclasses need not pass it on. Missing in unit tests that create a guard themselves. */
  @Optional()
  @Inject(CONNECTION_EXPIRY)
  private readonly connectionExpiry?: ConnectionExpiry;
  /** For calls whose handler accepts several pools: the one that rejected the token. */
  readonly #rejectedBy = new WeakMap<RequestContext, RegisteredPool>();

  constructor(
    protected readonly pools: UserPools,
    // Not injected: of two copies of @nestjs/core, an application provides the Reflector of one.
    reflector: Reflector = new Reflector(),
  ) {
    this.#policies = new AccessPolicies(reflector);
  }

  /** `instanceof` knows the guards of another copy of this package too. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, value);
  }

  /**
   * Decides on a cached token synchronously: this runs for every request.
   *
   * @throws AccessDeniedException
   */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const call = requestContextOf(context);
    if (call === undefined) {
      return false;
    }
    const policy = this.policyOf(context);
    try {
      const authentication = this.authenticate(call, policy);
      return isAuthentication(authentication) && !this.#loadsUser()
        ? this.admit(call, authentication, context)
        : this.#settle(authentication, call, policy, context);
    } catch (error) {
      return this.deny(error, call, policy, context);
    }
  }

  /** Returns what the decorators require of the call. */
  protected policyOf(context: ExecutionContext): AccessPolicy {
    return this.#policies.of(context);
  }

  /** Finds the token, verifies it with its pool, and checks the policy. Throws or rejects to deny the call. */
  protected authenticate(call: RequestContext, policy: AccessPolicy): Authentication | Promise<Authentication> {
    if (policy.pools.length > 1) {
      return verifyByIssuer(
        call.source,
        this.#poolsOf(policy),
        (pool, token) => this.verify(pool, token, policy, call),
        (pool) => this.#rejectedBy.set(call, pool),
      );
    }
    const pool = this.pools.get(policy.pools[0]);
    const token = findToken(call.source, pool);
    return typeof token === 'string'
      ? this.verify(pool, token, policy, call)
      : token.then((found) => this.verify(pool, found, policy, call));
  }

  /**
   * Verifies the token with the pool, then checks the policy. Throws or rejects to deny the call.
   *
   * @param call - the call that carries the token; the fields of one GraphQL operation share a verification.
   */
  protected verify(
    pool: RegisteredPool,
    token: string,
    policy: AccessPolicy,
    call?: RequestContext,
  ): Authentication | Promise<Authentication> {
    const claims = pool.verifier.verifySync?.(token, policy.expectations);
    if (claims !== undefined) {
      return this.authorize({ claims, token, pool: pool.name }, policy);
    }
    assertTokenSyntax(token);
    const { expectations } = policy;
    const verification = call?.execution
      ? verifyOnce(call.execution, pool, token, expectations)
      : pool.verifier.verify(token, expectations);
    return verification.then((verified) => this.authorize({ claims: verified, token, pool: pool.name }, policy));
  }

  /** Checks groups, scopes and the sign-in. Throws to deny the call. */
  protected authorize(authentication: Authentication, policy: AccessPolicy): Authentication {
    if (policy.requirements.length > 0) {
      const { clock, clockToleranceSeconds = 0 } = this.pools.get(authentication.pool);
      const now = clock();
      for (const requirement of policy.requirements) {
        requirement(authentication.claims, now, clockToleranceSeconds);
      }
    }
    return authentication;
  }

  /**
   * Returns the application's own user for a verified caller, or a promise of it: the value of `@CurrentUser()` and
   * `request.user`. A falsy value denies the call with 401 TOKEN_CLAIMS_INVALID; what it throws is passed on.
   *
   * It runs for each call, once for all guards and GraphQL fields of an HTTP request with the same token. Nothing is cached
   * beyond that. Default: the option `loadUser` of the pool, or the claims.
   */
  protected loadUser({ claims, pool }: Authentication, { source }: RequestContext): unknown {
    const { loadUser } = this.pools.get(pool);
    return loadUser === undefined ? claims : loadUser(claims, source);
  }

  /** Allows the call, and records its caller for the decorators and as `request.user`. */
  protected admit(call: RequestContext, authentication: Authentication, context: ExecutionContext): true {
    setAuthentication(call.carrier, authentication, context);
    if (call.httpRequest !== undefined) {
      setRequestUser(call.httpRequest, authentication, call.source.transport);
    }
    if (call.connection !== undefined) {
      this.connectionExpiry?.observe(call.connection, call, authentication, this.pools.get(authentication.pool));
    }
    return true;
  }

  /**
   * Denies the call, unless its handler is public. Other errors are rethrown unchanged: a configuration error, or a
   * fault in a check of the application.
   *
   * A subclass that accepts other credentials where there is no valid token overrides this step: it returns `true` to
   * allow the call, which is then anonymous for the decorators, and calls `super.deny` otherwise. The headers of a
   * refusal are sent with its status only.
   *
   * @throws AccessDeniedException
   */
  protected deny(
    error: unknown,
    call: RequestContext,
    policy: AccessPolicy,
    context: ExecutionContext,
  ): boolean | Promise<boolean> {
    setAuthentication(call.carrier, undefined, context);
    if (!(error instanceof MandateError) || error instanceof MandateConfigurationError) {
      throw error;
    }
    if (!policy.isPublic) {
      return this.#refuse(error, call, policy);
    }
    const isAllowed = policy.onInvalidToken === 'ignore' || this.#isAnonymous(error, call, policy);
    return typeof isAllowed === 'boolean'
      ? isAllowed || this.#refuse(error, call, policy)
      : isAllowed.then((is) => is || this.#refuse(error, call, policy));
  }

  #refuse(error: MandateError, call: RequestContext, policy: AccessPolicy): never {
    const denial = denyAccess(error, this.#rejectedBy.get(call) ?? this.pools.get(policy.pools[0]));
    setHeadersWithStatus(call.httpResponse, denial.getStatus(), denial.headers);
    throw denial;
  }

  /**
   * A check of the application may throw TOKEN_MISSING about a token that was sent, so the error alone does not count.
   */
  #isAnonymous(error: MandateError, { source }: RequestContext, policy: AccessPolicy): boolean | Promise<boolean> {
    if (!isTokenMissing(error)) {
      return false;
    }
    const found = this.#poolsOf(policy).map((pool) => hasToken(source, pool));
    return found.some((has) => typeof has !== 'boolean')
      ? Promise.all(found.map(async (has) => has)).then((all) => !all.includes(true))
      : !found.includes(true);
  }

  #poolsOf({ pools }: AccessPolicy): readonly RegisteredPool[] {
    return pools.length === 0 ? [this.pools.get()] : pools.map((name) => this.pools.get(name));
  }

  /** Whether a call has a user to wait for. */
  #loadsUser(): boolean {
    return this.#overridesLoader() || this.pools.loadsUsers;
  }

  #overridesLoader(): boolean {
    return this.loadUser !== CognitoAuthGuard.prototype.loadUser;
  }

  async #withUser(authentication: Authentication, call: RequestContext): Promise<Authentication> {
    const pool = this.pools.get(authentication.pool);
    const loader = this.#overridesLoader() ? this.constructor : (pool.loadUser ?? this);
    const user =
      authentication.user ??
      (await loadOnce(call, loader, authentication.token, () => this.loadUser(authentication, call)));
    if (!user) {
      throw rejectUnknownUser(pool);
    }
    return { ...authentication, user };
  }

  /** Awaits any thenable and checks its value: an override of `authenticate` must not allow a call by mistake. */
  async #settle(
    pending: Authentication | PromiseLike<Authentication>,
    call: RequestContext,
    policy: AccessPolicy,
    context: ExecutionContext,
  ): Promise<boolean> {
    try {
      const authentication: unknown = await pending;
      if (!isAuthentication(authentication)) {
        throw new TypeError('CognitoAuthGuard: authenticate() must return an Authentication.');
      }
      return this.admit(call, this.#loadsUser() ? await this.#withUser(authentication, call) : authentication, context);
    } catch (error) {
      return await this.deny(error, call, policy, context);
    }
  }
}

function isAuthentication(value: unknown): value is Authentication {
  return isObject(value) && isObject(value['claims']);
}
