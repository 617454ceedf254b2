import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

import { type RegisteredPool, USER_POOLS, type UserPools } from '../auth/pools/user-pools.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { SingleFlight } from '../memory/single-flight.js';
import { getCognitoClientToken } from '../module/injection-tokens.js';
import { within } from '../time/within.js';
import { keysHealth } from './keys-health.js';
import { assertReachable } from './service-probe.js';

/** Selects a pool. */
interface PoolHealthOptions {
  /** The `name` of the pool's registration. Default: the pool without a name, or the only one. */
  readonly pool?: string | undefined;
}

/**
 * Options of `CognitoHealthIndicator.keys`.
 *
 * @publicApi
 */
export interface KeysHealthOptions extends PoolHealthOptions {
  /**
   * Milliseconds. Older keys are reported as down while an outage prevents their refresh. Default: as long as the guard
   * uses them (the option `jwksMaxStale`).
   */
  readonly maxAge?: number | undefined;
}

/**
 * Options of `CognitoHealthIndicator.service`.
 *
 * @publicApi
 */
export interface ServiceHealthOptions extends PoolHealthOptions {
  /** Milliseconds within which Cognito must answer. Default: 3,000 ms. */
  readonly timeout?: number | undefined;
}

/**
 * Health indicator of a user pool for `@nestjs/terminus`. Import `MandateHealthModule`, or provide this class next to
 * `TerminusModule`.
 *
 * @example
 * \@Get('health')
 * \@HealthCheck()
 * check() {
 *   return this.health.check([() => this.cognito.keys('cognito-keys'), () => this.cognito.service('cognito')]);
 * }
 *
 * @publicApi
 */
@Injectable()
export class CognitoHealthIndicator {
  /** One probe per pool at a time: a public health check must not be able to flood AWS. */
  readonly #probes = new SingleFlight<string, void>();

  constructor(
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(USER_POOLS) private readonly pools: UserPools,
    @Inject(ModuleRef) private readonly modules: ModuleRef,
  ) {}

  /**
   * Reports whether tokens can be verified: the number of signing keys, their `age`, and the `outage`, which is the
   * time for which they have been unavailable; both in milliseconds. It sends no request. Before the first token no key
   * is known, which counts as up; the option `jwksPreload` fetches the keys at start-up.
   *
   * @param key - the indicator's name in the result.
   * @throws MandateConfigurationError if there is no such pool.
   */
  keys<const Key extends string>(key: Key, options: KeysHealthOptions = {}): HealthIndicatorResult<Key> {
    const { isUp, details } = keysHealth(this.pools.get(options.pool).verifier.keys(), options.maxAge);
    const indicator = this.indicators.check(key);
    return isUp ? indicator.up(details) : indicator.down(details);
  }

  /**
   * Reports whether Cognito is reachable at the address that the services use (the options `region` and `endpoint`). It
   * calls GetUser with an invalid token, which requires no AWS credentials and changes nothing. Loads the AWS SDK.
   *
   * @param key - the indicator's name in the result.
   * @throws MandateConfigurationError if there is no such pool.
   */
  async service<const Key extends string>(
    key: Key,
    options: ServiceHealthOptions = {},
  ): Promise<HealthIndicatorResult<Key>> {
    const { pool, timeout = 3_000 } = options;
    const probe = this.#probe(this.pools.get(pool));
    const indicator = this.indicators.check(key);
    try {
      await within(timeout, probe, () => new Error(`Cognito did not answer within ${String(timeout)} ms.`));
      return indicator.up();
    } catch (error) {
      return indicator.down(error instanceof Error ? error.message : 'Cognito is unreachable.');
    }
  }

  #probe({ name }: RegisteredPool): Promise<void> {
    const client = this.#clientOf(name);
    return this.#probes.run(name, () => assertReachable(client));
  }

  #clientOf(pool: string): CognitoClient {
    try {
      return this.modules.get<CognitoClient>(getCognitoClientToken(pool), { strict: false });
    } catch {
      throw new MandateConfigurationError('name', `must name a pool that MandateModule registered, not "${pool}"`);
    }
  }
}
