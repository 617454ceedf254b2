import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

import { type RegisteredPool, UserPools } from '../auth/pools/user-pools.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { getCognitoClientToken } from '../module/injection-tokens.js';
import { within } from '../time/within.js';
import { keysHealth } from './keys-health.js';
import { assertAnswers } from './service-probe.js';

/** Which pool is looked at. */
interface PoolHealthOptions {
  /** The name of the pool. Default: the pool without a name, or the only one. */
  readonly pool?: string | undefined;
}

/** How the signing keys are judged. */
export interface KeysHealthOptions extends PoolHealthOptions {
  /**
   * Milliseconds. Keys older than this count as down while they cannot be fetched anew. Default: keys are good for as
   * long as the guard uses them (the option `jwksMaxStale`).
   */
  readonly maxAge?: number | undefined;
}

/** How Cognito is asked. */
export interface ServiceHealthOptions extends PoolHealthOptions {
  /** Milliseconds within which it has to answer. Default 3000. */
  readonly timeout?: number | undefined;
}

/**
 * Tells `@nestjs/terminus` how a user pool is. Import `MandateHealthModule`, or list it as a provider beside
 * `TerminusModule`.
 *
 * @example
 * \@Get('health')
 * \@HealthCheck()
 * check() {
 *   return this.health.check([() => this.cognito.keys('cognito-keys'), () => this.cognito.service('cognito')]);
 * }
 */
@Injectable()
export class CognitoHealthIndicator {
  /** Questions under way, one per pool at most: a health check that anyone may call must not become a flood at AWS. */
  readonly #questions = new Map<string, Promise<void>>();

  constructor(
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(UserPools) private readonly pools: UserPools,
    @Inject(ModuleRef) private readonly modules: ModuleRef,
  ) {}

  /**
   * Whether tokens can be verified: how many signing keys are known, their age, and for how long they could not be
   * fetched, in milliseconds. It fetches nothing itself: before the first token no key is known, and that is no fault. The
   * option `jwksPreload` has them fetched at the start.
   *
   * @param key - the name in the answer.
   * @throws MandateConfigurationError if there is no such pool.
   */
  keys<const Key extends string>(key: Key, options: KeysHealthOptions = {}): HealthIndicatorResult<Key> {
    const { isUp, details } = keysHealth(this.pools.get(options.pool).verifier.keys(), options.maxAge);
    const indicator = this.indicators.check(key);
    return isUp ? indicator.up(details) : indicator.down(details);
  }

  /**
   * Whether Cognito can be reached where the services call it (the options `region` and `endpoint`): it is asked about a
   * token that does not exist, which needs no AWS credentials and changes nothing. Loads the AWS SDK.
   *
   * @param key - the name in the answer.
   * @throws MandateConfigurationError if there is no such pool.
   */
  async service<const Key extends string>(
    key: Key,
    options: ServiceHealthOptions = {},
  ): Promise<HealthIndicatorResult<Key>> {
    const { pool, timeout = 3_000 } = options;
    const question = this.#ask(this.pools.get(pool));
    const indicator = this.indicators.check(key);
    try {
      await within(timeout, question, () => new Error(`Cognito did not answer within ${String(timeout)} ms.`));
      return indicator.up();
    } catch (error) {
      return indicator.down(error instanceof Error ? error.message : 'Cognito cannot be reached.');
    }
  }

  #ask({ name }: RegisteredPool): Promise<void> {
    const asked = this.#questions.get(name);
    if (asked !== undefined) {
      return asked;
    }
    const question = assertAnswers(this.#clientOf(name)).finally(() => this.#questions.delete(name));
    this.#questions.set(name, question);
    return question;
  }

  #clientOf(pool: string): CognitoClient {
    try {
      return this.modules.get<CognitoClient>(getCognitoClientToken(pool), { strict: false });
    } catch {
      throw new MandateConfigurationError('name', `must name a pool that MandateModule registered, not "${pool}"`);
    }
  }
}
