import type { AuthPool } from '../auth/pools/user-pools.js';
import type { MandateModuleOptions } from './options.js';
import type { ResolvedMandateOptions } from './resolve-options.js';
import type { TokenVerifier } from '../tokens/token-verifier.js';

/**
 * The injection token of the `Overrides` of an application, which Nest's testing module can replace by `overrideProvider`.
 * A literal: the tests may load another copy of this package than the application.
 */
export const OVERRIDES = 'mandate:Overrides';

/** Changes registrations of `MandateModule` from outside, for tests: see `overrideCognito` of mandate/testing. */
export interface Overrides {
  /**
   * Replaces the options of a registration, before they are checked.
   *
   * @param name - the name of the registration; `default` for the one without a name.
   */
  readonly options?: (options: MandateModuleOptions, name: string) => MandateModuleOptions;
  /** Replaces the verifier that the application injects and the services use. */
  readonly verifier?: (verifier: TokenVerifier, name: string, options: ResolvedMandateOptions) => TokenVerifier;
  /** Replaces the pool that the guard knows. */
  readonly pool?: (pool: AuthPool, name: string, options: ResolvedMandateOptions) => AuthPool;
}
