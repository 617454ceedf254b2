import { SIGN_IN_FLOWS } from '../../dto/constraints.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
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
import { isObject } from '../../types/is-object.js';
import { assertOptions, registrationRules, sessionRule } from '../session/session-option-rules.js';
import type { MandateAuthApiModuleExtras, MandateAuthApiModuleOptions } from './auth-api-options.js';
import { AUTH_API_FEATURES, AUTH_API_ROUTE_NAMES } from './auth-api-routes.js';

const flag = optional(oneOf(true, false));
/** Arrow functions are none, though they are functions. */
function classWith(...methods: readonly string[]): OptionRule {
  const shown = methods.map((name) => `${name}()`).join(', ');
  return rule(
    `must be a class${methods.length === 0 ? '' : ` with ${shown}, such as a subclass of that of this package`}`,
    (value) => {
      const { prototype } = (typeof value === 'function' ? value : {}) as { readonly prototype?: unknown };
      return isObject(prototype) && methods.every((name) => typeof prototype[name] === 'function');
    },
  );
}
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

const EXTRAS_RULES: Readonly<Record<keyof MandateAuthApiModuleExtras, OptionRule>> = {
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
  flows: optional(listOf(SIGN_IN_FLOWS.join(', '), (item) => SIGN_IN_FLOWS.some((flow) => flow === item))),
  handlers: byRoute(classWith('handle')),
  responses: optional(classWith('registration', 'tokens', 'user')),
  responseTypes: byRoute(classWith()),
  dto: byRoute(classWith()),
  decorators: optional(aFunction),
  problemDetails: flag,
  imports: optional(rule('must be a list of modules', Array.isArray)),
};

const OPTION_RULES: Readonly<Record<keyof MandateAuthApiModuleOptions, OptionRule>> = {
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

/** Whether an option may come from a factory. */
export function isFactoryOption(name: string): name is keyof MandateAuthApiModuleOptions {
  return Object.hasOwn(OPTION_RULES, name);
}

/** @throws MandateConfigurationError naming the first setting that is missing, unknown or malformed. */
export function assertExtras(extras: MandateAuthApiModuleExtras): void {
  assertNames(extras, EXTRAS_RULES, OPTION_RULES, 'must be returned by "useFactory"');
  assertOptions(extras, EXTRAS_RULES);
}

/** @throws MandateConfigurationError naming the first option that is missing, unknown or malformed. */
export function assertFactoryOptions(options: MandateAuthApiModuleOptions): void {
  if (!isObject(options)) {
    throw new MandateConfigurationError('useFactory', 'must return the options');
  }
  assertNames(options, OPTION_RULES, EXTRAS_RULES, 'must be set beside "useFactory", because the routes need it');
  assertOptions(options, OPTION_RULES);
}

/** Callers of `forRoot` need not know that there are two kinds of options. */
function assertNames(options: object, rules: object, others: object, requirement: string): void {
  const strange = Object.keys(options).find((name) => !Object.hasOwn(rules, name));
  if (strange !== undefined) {
    const known = [...Object.keys(EXTRAS_RULES), ...Object.keys(OPTION_RULES)].join(', ');
    throw new MandateConfigurationError(
      strange,
      Object.hasOwn(others, strange) ? requirement : `is unknown. Known options: ${known}`,
    );
  }
}
