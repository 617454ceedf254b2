import { aFunction, listOf, matching, objectOf, oneOf, optional, rule } from '../../module/rule-builders.js';
import { assertOptions, registrationRules } from '../session/session-option-rules.js';
import { resolveSessionOptions, type ResolvedSessionOptions } from '../session/resolve-session-options.js';
import type {
  MandateOAuthModuleExtras,
  MandateOAuthModuleOptions,
  OAuthPaths,
  ReturnToSettings,
} from './oauth-module.options.js';
import { isOwnPath } from './return-to.js';

/** Where the routes are. */
export interface ResolvedRoutes {
  readonly prefix: string;
  readonly paths: Required<{ readonly [Name in keyof OAuthPaths]: string }>;
}

/** The options of `MandateOAuthModule` after they were checked, with their defaults. */
export interface ResolvedOAuthModuleOptions extends Omit<MandateOAuthModuleOptions, 'session' | 'returnTo'> {
  readonly session: ResolvedSessionOptions;
  readonly returnTo: ReturnToSettings & { readonly default: string };
}

const segments = optional(
  matching(
    (path) => /^[\w~.-]+(\/[\w~.-]+)*$/.test(path),
    'must be a path without a slash at its ends, such as "auth"',
  ),
);
const path = rule('must be a path of this application, such as "/home"', isOwnPath);

const RULES = {
  ...registrationRules,
  isGlobal: optional(oneOf(true, false)),
  prefix: segments,
  paths: optional(objectOf({ login: segments, callback: segments, logout: segments, session: segments })),
  returnTo: optional(
    objectOf({ default: optional(path), allow: optional(listOf('paths, such as "/home"', isOwnPath)) }),
  ),
  onLogin: optional(aFunction),
  onError: optional(aFunction),
  retryLinkedUser: optional(oneOf(true, false)),
};

/** The routes of a registration. Their faults are found with the other options, when the application starts. */
export function resolveRoutes({ name, prefix, paths = {} }: MandateOAuthModuleExtras): ResolvedRoutes {
  return {
    prefix: prefix ?? (name === undefined ? 'auth' : `auth/${name}`),
    paths: { login: 'login', callback: 'callback', logout: 'logout', session: 'session', ...withoutUndefined(paths) },
  };
}

/** @throws MandateConfigurationError naming the first option that is missing, unknown or malformed. */
export function resolveOAuthModuleOptions(
  options: MandateOAuthModuleOptions,
  extras: MandateOAuthModuleExtras,
): ResolvedOAuthModuleOptions {
  assertOptions({ ...options, ...extras }, RULES);
  const { session, returnTo = {}, ...hooks } = options;
  return {
    ...hooks,
    session: resolveSessionOptions(session, extras.name),
    returnTo: { ...returnTo, default: returnTo.default ?? '/' },
  };
}

function withoutUndefined(paths: OAuthPaths): { readonly [Name in keyof OAuthPaths]?: string } {
  return Object.fromEntries(Object.entries(paths).filter(([, value]) => value !== undefined));
}
