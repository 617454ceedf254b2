import { Reflector } from '@nestjs/core';

import { AccessPolicies } from '../../auth/access/access-policy.js';
import type { UserPools } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { readPolicies } from './access-faults.js';
import { coverageFaults, openHandlersRemark } from './coverage-faults.js';
import type { GuardCoverage } from './guard-coverage.js';
import { type GuardedApplication, guardCoverage } from './guards.js';
import { handlersOf } from './handlers.js';
import { optionsFaults } from './options-faults.js';
import { poolFaults } from './pool-faults.js';

/** What is checked. */
export interface CheckedApplication extends GuardedApplication {
  readonly pools: UserPools;
  readonly guardCoverage: GuardCoverage;
  /** Whether it receives requests or messages. A context of its own for scripts does not, so nothing guards it. */
  readonly isServed: boolean;
}

/**
 * Finds what would fail at the first request, or let everybody in, in the decorators and the registrations.
 *
 * @returns a sentence for the log about handlers that are open, although a global guard exists.
 * @throws MandateConfigurationError naming all faults.
 */
export function checkApplication(application: CheckedApplication): string | undefined {
  const { modules, pools } = application;
  const checksCoverage = application.isServed && application.guardCoverage === 'required';
  const { restricted, faults: contradictions } = readPolicies(handlersOf(modules), new AccessPolicies(new Reflector()));
  const coverageOf = guardCoverage(application);
  const guarded = restricted.map((item) => ({ ...item, coverage: coverageOf(item.handler) }));
  const [first, ...others] = [
    ...optionsFaults(modules),
    ...contradictions,
    ...poolFaults(guarded, pools, application.isServed),
    ...(checksCoverage ? coverageFaults(guarded) : []),
  ];
  if (first !== undefined) {
    throw MandateConfigurationError.ofAll([first, ...others]);
  }
  return checksCoverage ? openHandlersRemark(guarded) : undefined;
}
