import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { CallContext } from '../../client/shapes/call-context.js';
import type { SignInFlow } from '../../dto/flow-sign-in.dto.js';
import { resolveSessionOptions, type ResolvedSessionOptions } from '../session/resolve-session-options.js';
import type { AuthApiCall } from './auth-api-call.js';
import { assertExtras, assertFactoryOptions } from './auth-api-option-rules.js';
import type { AuthApiAttempt, MandateAuthApiModuleExtras, MandateAuthApiModuleOptions } from './auth-api-options.js';
import { AUTH_API_FEATURES, AUTH_API_ROUTE_NAMES, routeOf, type AuthApiRoute } from './auth-api-routes.js';
import { DEFAULT_PASSWORD_POLICY, type PasswordPolicy } from './password-policy.js';
import type { AuthApiThrottleOptions } from './throttle/throttle-options.js';

/** The options after they were checked, with their defaults. */
export interface ResolvedAuthApiOptions {
  readonly delivery: MandateAuthApiModuleExtras['delivery'];
  readonly flows: readonly [SignInFlow, ...SignInFlow[]];
  /** Undefined where another module brings the sessions, and with the delivery `body`. */
  readonly session: ResolvedSessionOptions | undefined;
  /** Null without limits. */
  readonly throttle: AuthApiThrottleOptions | null;
  readonly revealUsers: boolean;
  readonly showDelivery: boolean;
  readonly autoSignIn: boolean;
  readonly totpIssuer: string | undefined;
  readonly passwordPolicy: PasswordPolicy;
  readonly context: (call: AuthApiCall) => CallContext;
  readonly beforeAttempt: ((attempt: AuthApiAttempt) => void | Promise<void>) | undefined;
}

/** The path of the routes, after the global prefix of the application. */
export function prefixOf({
  name,
  prefix = name === undefined ? 'auth' : `auth/${name}`,
}: MandateAuthApiModuleExtras): string {
  return prefix;
}

/**
 * Checks the settings of a registration. Returns the routes that exist, with their paths.
 *
 * @throws MandateConfigurationError naming the first setting that is missing, unknown or malformed.
 */
export function resolveAuthApiRoutes(extras: MandateAuthApiModuleExtras): ReadonlyMap<AuthApiRoute, string> {
  assertExtras(extras);
  const { delivery, features = AUTH_API_FEATURES, paths = {} } = extras;
  const routes = new Map<AuthApiRoute, string>();
  for (const name of extras.routes === false ? [] : AUTH_API_ROUTE_NAMES) {
    const route = routeOf(name);
    const path = paths[name] === undefined ? route.path : paths[name];
    const exists = features.includes(route.feature) && (route.delivery ?? delivery) === delivery;
    if (exists && path !== null) {
      assertParameters(name, route.path, path);
      assertFree(name, path, routes);
      routes.set(name, path);
    }
  }
  return routes;
}

/** @throws MandateConfigurationError naming the first option that is missing, unknown or malformed. */
export function resolveAuthApiOptions(
  options: MandateAuthApiModuleOptions,
  extras: MandateAuthApiModuleExtras,
): ResolvedAuthApiOptions {
  assertFactoryOptions(options);
  assertSession(options, extras);
  const { session, throttle: limits, context, ...others } = options;
  const [flow = 'USER_SRP_AUTH', ...flows] = extras.flows ?? [];
  return {
    delivery: extras.delivery,
    flows: [flow, ...flows],
    session: session && resolveSessionOptions(session, extras.name),
    throttle: limits === undefined ? {} : limits,
    revealUsers: others.revealUsers ?? false,
    showDelivery: others.showDelivery ?? false,
    autoSignIn: others.autoSignIn ?? false,
    totpIssuer: others.totpIssuer,
    passwordPolicy: others.passwordPolicy ?? DEFAULT_PASSWORD_POLICY,
    context: context ?? (() => ({})),
    beforeAttempt: others.beforeAttempt,
  };
}

function assertSession({ session }: MandateAuthApiModuleOptions, extras: MandateAuthApiModuleExtras): void {
  const { delivery, sharedSession } = extras;
  if (delivery === 'body' && (session !== undefined || sharedSession !== undefined)) {
    throw new MandateConfigurationError('session', 'has no use with the delivery "body". Remove it');
  }
  if (delivery === 'cookie' && sharedSession === undefined && session === undefined) {
    throw new MandateConfigurationError(
      'session',
      'is required with the delivery "cookie". If MandateOAuthModule or MandateSessionModule brings the sessions of the pool, set "sharedSession": true instead',
    );
  }
  if (sharedSession !== undefined && session !== undefined) {
    throw new MandateConfigurationError('session', 'contradicts "sharedSession": another module brings the sessions');
  }
}

/** A handler needs the parameters of its path, such as `:deviceKey`. */
function assertParameters(route: AuthApiRoute, original: string, path: string): void {
  const parametersOf = (text: string): string => (text.match(/:\w+/g) ?? []).sort().join(' ');
  if (parametersOf(path) !== parametersOf(original)) {
    const wanted = parametersOf(original) || 'no parameter';
    throw new MandateConfigurationError(`paths.${route}`, `must have ${wanted} in its path, as "${original}" has`);
  }
}

/** Of two routes with one path the second would never be called. */
function assertFree(route: AuthApiRoute, path: string, others: ReadonlyMap<AuthApiRoute, string>): void {
  const callOf = (name: AuthApiRoute, at: string): string => `${routeOf(name).method} ${at.replaceAll(/:\w+/g, ':')}`;
  const other = [...others].find(([name, at]) => callOf(name, at) === callOf(route, path));
  if (other !== undefined) {
    throw new MandateConfigurationError(`paths.${route}`, `must not be "${path}", the path of the route "${other[0]}"`);
  }
}
