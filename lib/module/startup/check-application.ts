import { Reflector } from '@nestjs/core';

import { AccessPolicies } from '../../auth/access/access-policy.js';
import type { UserPools } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { type RestrictedHandler, type TokenUses, readPolicies } from './access-faults.js';
import { coverageFaults, openHandlersRemark } from './coverage-faults.js';
import type { GuardCoverage } from './guard-coverage.js';
import { type GuardedApplication, guardCoverage } from './guards.js';
import { type HandlerKind, handlersOf } from './handlers.js';
import { optionsFaults } from './options-faults.js';
import { type GuardedHandler, poolFaults } from './pool-faults.js';
import { strategyFaults } from './strategy-faults.js';

/** What is checked. */
export interface CheckedApplication extends GuardedApplication {
  readonly pools: UserPools;
  readonly guardCoverage: GuardCoverage;
  readonly tokenUses: TokenUses;
  readonly served: ServedTransports;
}

/** What an application receives. A context of its own for scripts receives nothing, so nothing guards it. */
export interface ServedTransports {
  /** Whether it serves HTTP, and GraphQL with it. */
  readonly http: boolean;
  /** Whether it is a microservice, or one is connected to it. */
  readonly messages: boolean;
}

/**
 * Finds what would fail at the first request, or let everybody in, in the decorators and the registrations.
 *
 * @returns a sentence for the log about handlers that are open, although a global guard exists.
 * @throws MandateConfigurationError naming all faults.
 */
export function checkApplication(application: CheckedApplication): string | undefined {
  const { modules, pools } = application;
  const { restricted, faults: contradictions } = readPolicies(
    handlersOf(modules),
    new AccessPolicies(new Reflector()),
    application.tokenUses,
  );
  const guarded = withCoverage(restricted, application);
  const served = guarded.filter(({ handler }) => isServed(handler.kind, application.served));
  const checksCoverage = application.guardCoverage === 'required';
  throwAll([
    ...optionsFaults(modules),
    ...(application.served.http ? strategyFaults(modules) : []),
    ...contradictions,
    ...poolFaults(
      guarded.filter(({ handler }) => mayBeServed(handler.kind, application.served)),
      pools,
    ),
    ...(checksCoverage ? coverageFaults(served) : []),
  ]);
  return checksCoverage ? openHandlersRemark(served) : undefined;
}

/**
 * Finds the message handlers that let everybody in, for a microservice that starts after the check of its application, or
 * without one.
 *
 * @throws MandateConfigurationError naming all faults.
 */
export function checkMessageHandlers(application: CheckedApplication): void {
  const handlers = handlersOf(application.modules).filter(({ kind }) => kind === 'rpc');
  const { restricted, faults } = readPolicies(handlers, new AccessPolicies(new Reflector()), application.tokenUses);
  const guarded = withCoverage(restricted, application);
  const open = application.guardCoverage === 'required' ? coverageFaults(guarded) : [];
  throwAll([...faults, ...poolFaults(guarded, application.pools), ...open]);
}

function withCoverage(handlers: readonly RestrictedHandler[], application: GuardedApplication): GuardedHandler[] {
  const coverageOf = guardCoverage(application);
  return handlers.map((item) => ({ ...item, coverage: coverageOf(item.handler) }));
}

function isServed(kind: HandlerKind, { http, messages }: ServedTransports): boolean {
  switch (kind) {
    case 'http':
    case 'graphql':
    case 'graphql-field':
      return http;
    case 'rpc':
      return messages;
    case 'ws':
    case 'other':
      return http || messages;
  }
}

/** A microservice may be connected later. */
function mayBeServed(kind: HandlerKind, served: ServedTransports): boolean {
  return isServed(kind, kind === 'rpc' ? { ...served, messages: served.http || served.messages } : served);
}

function throwAll([first, ...others]: readonly MandateConfigurationError[]): void {
  if (first !== undefined) {
    throw MandateConfigurationError.ofAll([first, ...others]);
  }
}
