import { keepFromCaches } from '../session/response-cookies.js';
import type { AuthApiCall } from './auth-api-call.js';
import type { AuthApiHandler } from './auth-api-handler.js';
import type { AuthApiAttempt } from './auth-api-options.js';
import { routeOf, type AuthApiRoute } from './auth-api-routes.js';
import type { AuthApiInputs, AuthApiOutputs } from './auth-api-types.js';
import type { TokenDelivery } from './delivery/token-delivery.js';
import type { AuthApiThrottle } from './throttle/auth-api-throttle.js';
import { requireStarted } from '../require-started.js';

/** The parts of `AuthApi`, which exist once the application has started. */
export interface AuthApiParts {
  readonly delivery: Pick<TokenDelivery, 'assertOwnPage' | 'challengedUser'>;
  /** Undefined without limits. */
  readonly throttle: AuthApiThrottle | undefined;
  readonly beforeAttempt: ((attempt: AuthApiAttempt) => void | Promise<void>) | undefined;
  readonly handlers: { readonly [Route in AuthApiRoute]: AuthApiHandler<Route> };
}

/** Routes that a client may call to guess or to annoy, with a user whom it names. */
const ATTEMPTS: ReadonlySet<AuthApiRoute> = new Set<AuthApiRoute>([
  'register',
  'resendCode',
  'authenticate',
  'forgotPassword',
] satisfies AuthApiAttempt['route'][]);

/** Routes that continue a sign-in, whose challenge names the user. */
const CHALLENGED: ReadonlySet<AuthApiRoute> = new Set<AuthApiRoute>(['respond', 'setUpTotp']);

/**
 * The auth API without its controller: checks where a call comes from and how many there were, and lets the handler of the
 * route answer it. The controller calls it for HTTP requests; resolvers of GraphQL inject it.
 *
 * @example
 * \@Public()
 * \@Mutation(() => Outcome)
 * signIn(\@Args() input: SignInArgs, \@AuthCall() call: AuthApiCall) {
 *   return this.auth.handle('authenticate', input, call);
 * }
 *
 * @publicApi
 */
export class AuthApi {
  #parts: AuthApiParts | undefined;

  /** @internal */
  connect(parts: AuthApiParts): void {
    this.#parts = parts;
  }

  /**
   * Answers a call. With the delivery `cookie` it sets cookies with the response of the call.
   *
   * @param input - the members of the body, the path and the query, validated by the caller.
   * @throws MandateError CSRF_CHECK_FAILED, REQUESTS_THROTTLED, and what the handler throws.
   */
  async handle<Route extends AuthApiRoute>(
    route: Route,
    input: AuthApiInputs[Route],
    call: AuthApiCall,
  ): Promise<AuthApiOutputs[Route]> {
    const { delivery, throttle, beforeAttempt, handlers } = this.#require();
    const { method, guarded } = routeOf(route);
    keepFromCaches(call.response);
    if (guarded !== true && method !== 'GET') {
      // The guard has checked the others, unless a bearer token authenticates them.
      delivery.assertOwnPage(call);
    }
    await throttle?.check(route, call, await this.#userOf(route, input, call));
    if (ATTEMPTS.has(route)) {
      await beforeAttempt?.({ route, input, call } as AuthApiAttempt);
    }
    return (handlers[route] as AuthApiHandler<Route>).handle(input, call);
  }

  /** The user whom a call is about: named in it, in the challenge that it answers, or signed in. */
  async #userOf(route: AuthApiRoute, input: object, call: AuthApiCall): Promise<string | undefined> {
    if (CHALLENGED.has(route)) {
      return this.#require().delivery.challengedUser(input, call);
    }
    const named = 'username' in input ? input.username : undefined;
    return typeof named === 'string' ? named : call.username;
  }

  #require(): AuthApiParts {
    return requireStarted(this.#parts, 'MandateAuthApiModule');
  }
}
