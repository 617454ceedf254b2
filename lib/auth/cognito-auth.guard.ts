import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { MandateConfigurationError } from '../errors/configuration-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { AccessPolicies, type AccessPolicy } from './access-policy.js';
import { refusalOf } from './access-refusal.js';
import { setAuthentication, type Authentication } from './authentication.js';
import { setHeaders } from './http-response.js';
import { choosePool } from './pool-choice.js';
import { requestContextOf, type RequestContext } from './request-context.js';
import { assertTokenSyntax, findToken } from './token-extractors.js';
import { UserPools, type RegisteredPool } from './user-pools.js';

/**
 * Lets a call pass if its token is good and the decorators at its handler and class are satisfied: over HTTP, GraphQL,
 * WebSockets and microservices alike. A transport that it does not know is denied.
 *
 * Use it with `@UseGuards(CognitoAuthGuard)`, or for the whole application as `APP_GUARD`. Its steps can be overridden.
 *
 * Refusals are `AccessRefusedException`s: HTTP status, JSON body with a `code`, and a `WWW-Authenticate` header. Over
 * WebSockets and microservices add `CognitoExceptionFilter`, for Nest hides there what it does not know.
 */
@Injectable()
export class CognitoAuthGuard implements CanActivate {
  readonly #policies: AccessPolicies;

  constructor(
    @Inject(UserPools) protected readonly pools: UserPools,
    @Inject(Reflector) reflector: Reflector,
  ) {
    this.#policies = new AccessPolicies(reflector);
  }

  /**
   * A token that is remembered is decided about at once, without a promise: this runs at every request.
   *
   * @throws AccessRefusedException
   */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const call = requestContextOf(context);
    if (call === undefined) {
      return false;
    }
    const policy = this.policyOf(context);
    try {
      const authentication = this.authenticate(call, policy);
      return isAuthentication(authentication)
        ? this.admit(call, authentication, context)
        : this.#wait(authentication, call, policy, context);
    } catch (error) {
      return this.refuse(error, call, policy, context);
    }
  }

  /** What the decorators ask of the call. */
  protected policyOf(context: ExecutionContext): AccessPolicy {
    return this.#policies.of(context);
  }

  /** Finds the token, has its pool verify it, and checks what the policy asks. Throws or rejects to refuse. */
  protected authenticate(call: RequestContext, policy: AccessPolicy): Authentication | Promise<Authentication> {
    if (policy.pools.length > 1) {
      const pools = policy.pools.map((name) => this.pools.get(name));
      return choosePool(call.source, pools, (pool, token) => this.verify(pool, token, policy));
    }
    const pool = this.pools.get(policy.pools[0]);
    return this.verify(pool, findToken(call.source, pool.extractors), policy);
  }

  /** Has the pool verify the token, then checks what the policy asks. */
  protected verify(
    pool: RegisteredPool,
    token: string,
    policy: AccessPolicy,
  ): Authentication | Promise<Authentication> {
    const claims = pool.verifier.verifySync?.(token, policy.expectations);
    if (claims !== undefined) {
      return this.authorize({ claims, token, pool: pool.name }, policy);
    }
    assertTokenSyntax(token);
    return pool.verifier
      .verify(token, policy.expectations)
      .then((verified) => this.authorize({ claims: verified, token, pool: pool.name }, policy));
  }

  /** Checks groups, scopes and the sign-in. Throws to refuse. */
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

  /** Lets the call pass and keeps with it who makes it, for the decorators and as `request.user`. */
  protected admit(call: RequestContext, authentication: Authentication, context: ExecutionContext): true {
    setAuthentication(call.carrier, authentication, context);
    if (call.httpRequest !== undefined) {
      (call.httpRequest as { user?: unknown }).user = authentication.claims;
    }
    return true;
  }

  /**
   * Refuses the call, unless it is public. What is no refusal (a wrong set-up, a fault in a check of your own) is passed on.
   *
   * @throws AccessRefusedException
   */
  protected refuse(error: unknown, call: RequestContext, policy: AccessPolicy, context: ExecutionContext): true {
    setAuthentication(call.carrier, undefined, context);
    if (!(error instanceof MandateError) || error instanceof MandateConfigurationError) {
      throw error;
    }
    if (policy.isPublic) {
      return true;
    }
    const refusal = refusalOf(error, this.pools.get(policy.pools[0]));
    setHeaders(call.httpResponse, refusal.headers);
    throw refusal;
  }

  /** `authenticate` may be overridden: whatever can be waited for is waited for, and nobody is let in by mistake. */
  async #wait(
    pending: PromiseLike<Authentication>,
    call: RequestContext,
    policy: AccessPolicy,
    context: ExecutionContext,
  ): Promise<boolean> {
    try {
      const authentication: unknown = await pending;
      if (!isAuthentication(authentication)) {
        throw new TypeError('The guard lets nobody pass who is not known: authenticate() gave nobody.');
      }
      return this.admit(call, authentication, context);
    } catch (error) {
      return this.refuse(error, call, policy, context);
    }
  }
}

function isAuthentication(value: unknown): value is Authentication {
  const claims: unknown = typeof value === 'object' && value !== null && 'claims' in value && value.claims;
  return typeof claims === 'object' && claims !== null;
}
