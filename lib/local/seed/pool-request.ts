import type { PoolRequest } from '../engine/pools/create-pool.js';
import type { LocalPoolOptions } from '../options/local-cognito.options.js';

/** What pools of the options have unless they say otherwise. */
export const POOL_DEFAULTS = { AutoVerifiedAttributes: ['email'] } satisfies Partial<LocalPoolOptions>;

/** The options of a pool that are no parameters of CreateUserPool. */
const OWN = [
  ...(['name', 'id', 'clients', 'users', 'groups', 'triggers', 'keys'] as const),
  ...(['mfa', 'webAuthn', 'domain', 'identityProviders'] as const),
] as const;

/** The parameters of CreateUserPool among the options of a pool. */
export function requestOf(options: LocalPoolOptions): PoolRequest {
  // SetUserPoolMfaConfig says all about MFA, so it makes the level beside it redundant.
  const redundant = options.mfa === undefined ? [] : (['MfaConfiguration'] as const);
  return { ...omit(options, ...OWN, ...redundant), PoolName: options.name };
}

/** What the options of a pool want of its settings. */
export function settingsOf(options: LocalPoolOptions): Omit<PoolRequest, 'PoolName' | 'Schema' | 'MfaConfiguration'> {
  return omit(options, ...OWN, 'Schema', 'MfaConfiguration');
}

/** An object without some of its members. */
export function omit<Value extends object, Name extends keyof Value>(
  value: Value,
  ...names: readonly Name[]
): Omit<Value, Name> {
  const left = Object.entries(value).filter(([name]) => !(names as readonly string[]).includes(name));
  return Object.fromEntries(left) as Omit<Value, Name>;
}
