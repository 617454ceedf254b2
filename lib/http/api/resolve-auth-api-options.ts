import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { CallContext } from '../../client/shapes/call-context.js';
import {
  aFunction,
  atLeast,
  listOf,
  matching,
  nullable,
  object,
  objectOf,
  oneOf,
  optional,
  type OptionRule,
  rule,
} from '../../module/rule-builders.js';
import type { SignInFlow } from '../../dto/flow-sign-in.dto.js';
import { resolveSessionOptions, type ResolvedSessionOptions } from '../session/resolve-session-options.js';
import { assertOptions, registrationRules, sessionRule } from '../session/session-option-rules.js';
import type { AuthApiCall } from './auth-api-call.js';
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

const FLOWS: readonly SignInFlow[] = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH'];

const flag = optional(oneOf(true, false));
const aClass = rule('must be a class', (value) => typeof value === 'function');
const segments = matching(
  (path) => /^[\w~.:-]+(\/[\w~.:-]+)*$/.test(path),
  'must be a path without a slash at its ends, such as "auth"',
);

/** A member for each route, each with the rule. */
function byRoute(inner: OptionRule): OptionRule {
  return optional(objectOf(Object.fromEntries(AUTH_API_ROUTE_NAMES.map((name) => [name, optional(inner)]))));
}

const limit = optional(nullable(objectOf({ limit: atLeast(1, 'calls'), ttl: atLeast(1, 'milliseconds') })));

const throttle = objectOf({
  storage: optional(
    object('must be a ThrottlerStorage of @nestjs/throttler', ({ increment }) => typeof increment === 'function'),
  ),
  limits: byRoute(nullable(objectOf({ address: limit, user: limit }))),
  addressOf: optional(aFunction),
});

const EXTRAS_RULES = {
  name: registrationRules.name,
  isGlobal: flag,
  delivery: rule('is required and must be "cookie" or "body"', (value) => value === 'cookie' || value === 'body'),
  sharedSession: optional(oneOf(true)),
  prefix: optional(segments),
  features: optional(
    rule(
      `must be a list of ${AUTH_API_FEATURES.join(', ')}`,
      (value) => Array.isArray(value) && value.every((item) => AUTH_API_FEATURES.some((feature) => feature === item)),
    ),
  ),
  paths: byRoute(nullable(segments)),
  routes: optional(oneOf(false)),
  flows: optional(listOf(FLOWS.join(', '), (item) => FLOWS.some((flow) => flow === item))),
  handlers: byRoute(aClass),
  responses: optional(aClass),
  responseTypes: byRoute(aClass),
  dto: byRoute(aClass),
  decorators: optional(aFunction),
  problemDetails: flag,
  imports: optional(rule('must be a list of modules', Array.isArray)),
};

const OPTION_RULES = {
  session: optional(sessionRule),
  throttle: optional(nullable(throttle)),
  revealUsers: flag,
  showDelivery: flag,
  autoSignIn: flag,
  totpIssuer: optional(rule('must be a non-empty string', (value) => typeof value === 'string' && value !== '')),
  passwordPolicy: optional(
    objectOf({
      minimumLength: atLeast(1, 'characters'),
      requireUppercase: oneOf(true, false),
      requireLowercase: oneOf(true, false),
      requireNumbers: oneOf(true, false),
      requireSymbols: oneOf(true, false),
    }),
  ),
  context: optional(aFunction),
  beforeAttempt: optional(aFunction),
};

/**
 * The routes that exist, with their paths.
 *
 * @throws MandateConfigurationError naming the first setting that is missing, unknown or malformed.
 */
export function resolveAuthApiRoutes(extras: MandateAuthApiModuleExtras): ReadonlyMap<AuthApiRoute, string> {
  assertOptions(extras, EXTRAS_RULES);
  const { delivery, features = AUTH_API_FEATURES, paths = {} } = extras;
  const routes = new Map<AuthApiRoute, string>();
  for (const name of AUTH_API_ROUTE_NAMES) {
    const route = routeOf(name);
    const path = paths[name] === undefined ? route.path : paths[name];
    const exists = features.includes(route.feature) && (route.delivery ?? delivery) === delivery;
    if (exists && path !== null) {
      assertParameters(name, route.path, path);
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
  assertOptions(options, OPTION_RULES);
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
