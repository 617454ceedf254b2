import { USER_POOLS, type UserPools } from '../auth/pools/user-pools.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { LocalCognito } from '../local/local-cognito.js';
import { LocalPool } from '../local/local-pool.js';
import type { CognitoOverrides, CompiledModule, OverridableModule } from './cognito-overrides.js';
import { TestTokenIssuer } from './test-token-issuer.js';

const KNOWN: readonly string[] = ['user', 'cognito', 'issuer', 'pools'] satisfies readonly (keyof CognitoOverrides)[];

/**
 * Refuses what would replace nothing, or not what was meant: a test that goes on would call AWS or fail elsewhere.
 *
 * @throws MandateArgumentError
 */
export function assertOverrides(builder: OverridableModule, overrides: CognitoOverrides): void {
  assertBuilder(builder);
  const unknown = Object.keys(overrides).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw new MandateArgumentError(unknown, `is unknown. Known members: ${KNOWN.join(', ')}`);
  }
  assertUser(overrides);
  assertSources(overrides);
}

/**
 * Refuses overrides that the compiled application has no use for.
 *
 * @throws MandateArgumentError
 */
export function assertUsed(module: CompiledModule, { pools = {}, ...others }: CognitoOverrides): void {
  const registered = registeredPools(module);
  if (registered === undefined) {
    if ('user' in others && sourcesOf({ pools, ...others }).length === 0) {
      return;
    }
    throw new MandateArgumentError(
      'builder',
      'must have a module that imports MandateModule, or there is no Cognito to replace',
    );
  }
  const names = registered.names();
  const unknown = Object.keys(pools).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.map((name) => `"${name}"`).join(', ');
    throw new MandateArgumentError(`pools.${unknown}`, `names no registration of MandateModule. There are: ${known}`);
  }
}

function assertBuilder(builder: Partial<OverridableModule>): void {
  if (typeof builder.overrideProvider !== 'function' || typeof builder.compile !== 'function') {
    throw new MandateArgumentError('builder', 'must be what Test.createTestingModule() returns, before compile()');
  }
  // What Nest keeps for itself: without it, overrides that come too late go unnoticed.
  const { container } = builder as { readonly container?: { getModules?(): ReadonlyMap<string, unknown> } };
  if ((container?.getModules?.().size ?? 0) > 0) {
    throw new MandateArgumentError('builder', 'is compiled already. Call overrideCognito before compile()');
  }
}

function assertUser({ user }: { readonly user?: unknown }): void {
  if (user === null || !['undefined', 'object', 'function'].includes(typeof user)) {
    throw new MandateArgumentError(
      'user',
      "must be a caller, such as { username: 'ann' }, or a function that returns it",
    );
  }
}

function assertSources(overrides: CognitoOverrides): void {
  const { cognito, issuer, pools = {} } = overrides;
  if ('cognito' in overrides && !(cognito instanceof LocalCognito) && !isOmitted('cognito', overrides)) {
    throw new MandateArgumentError(
      'cognito',
      'must be an embedded Cognito that runs: await LocalCognito.start() first',
    );
  }
  if ('issuer' in overrides && !(issuer instanceof TestTokenIssuer) && !isOmitted('issuer', overrides)) {
    throw new MandateArgumentError('issuer', 'must be an issuer: await TestTokenIssuer.create() first');
  }
  const wrong = Object.entries(pools).find(([, pool]) => !isPool(pool));
  if (wrong !== undefined) {
    throw new MandateArgumentError(`pools.${wrong[0]}`, 'must be a pool of an embedded Cognito, or a TestTokenIssuer');
  }
  if (cognito !== undefined && issuer !== undefined) {
    throw new MandateArgumentError('issuer', 'contradicts "cognito". Name single registrations in "pools"');
  }
  if (!('user' in overrides) && sourcesOf(overrides).length === 0) {
    throw new MandateArgumentError('overrides', 'must have one of the members user, cognito, issuer and pools');
  }
}

/** An undefined member beside others that say what to do. Alone it is a variable that was not set in time. */
function isOmitted(name: keyof CognitoOverrides, overrides: CognitoOverrides): boolean {
  return overrides[name] === undefined && ('user' in overrides || sourcesOf(overrides).length > 0);
}

function sourcesOf({ cognito, issuer, pools = {} }: CognitoOverrides): readonly object[] {
  return [cognito, issuer, ...Object.values(pools)].filter((source) => source !== undefined);
}

function isPool(pool: unknown): boolean {
  return pool instanceof LocalPool || pool instanceof TestTokenIssuer;
}

function registeredPools(module: CompiledModule): UserPools | undefined {
  try {
    return module.get(USER_POOLS, { strict: false }) as UserPools;
  } catch {
    return undefined;
  }
}
