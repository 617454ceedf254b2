/**
 * How the start treats access decorators that no `CognitoAuthGuard` enforces: `required` refuses them.
 *
 * @publicApi
 */
export type GuardCoverage = 'required' | 'unchecked';

/** Default of the option `guardCoverage`. */
export const DEFAULT_GUARD_COVERAGE = 'required' satisfies GuardCoverage;
