import { MandateArgumentError } from '../../errors/argument-error.js';
import {
  type CountedRequest,
  QUOTA_CATEGORIES,
  type QuotaCategory,
  REQUEST_RATE_QUOTAS,
} from '../../protocol/request-rate-quotas.js';
import type { Clock } from '../../time/clock.js';
import { isObject } from '../../types/is-object.js';

/**
 * Request rate quotas: `true` sets the defaults of AWS; an object changes some of them, in requests a second by category;
 * `false` sets none.
 *
 * @publicApi
 */
export type LocalQuotas = boolean | Readonly<Partial<Record<QuotaCategory, number>>>;

/** Requests that may be made at once. It fills by the quota each second, up to the quota. */
interface Bucket {
  tokens: number;
  /** Epoch milliseconds. */
  filledAt: number;
}

/**
 * The request rate quotas of the account: over the limit a call fails with TooManyRequestsException. Off at first.
 *
 * @publicApi
 */
export class RequestQuotas {
  private readonly buckets = new Map<string, Bucket>();
  private adjusted = new Map<QuotaCategory, number>();
  private on = false;

  /** Called by the embedded Cognito. */
  constructor(
    private readonly clock: Clock,
    private readonly initial: LocalQuotas = false,
  ) {
    this.set(initial);
  }

  /** Whether requests are limited. */
  get enabled(): boolean {
    return this.on;
  }

  /** The limits, requests a second by category. They count only while `enabled`. */
  limits(): Record<QuotaCategory, number> {
    return Object.fromEntries(QUOTA_CATEGORIES.map((category) => [category, this.limitOf(category)])) as Record<
      QuotaCategory,
      number
    >;
  }

  /** The limit of a category, requests a second. */
  limitOf(category: QuotaCategory): number {
    return this.adjusted.get(category) ?? REQUEST_RATE_QUOTAS[category].requestsPerSecond;
  }

  /**
   * Turns the quotas on or off. Categories that `quotas` does not name have the default of AWS.
   *
   * @throws MandateArgumentError for an unknown category or a limit that is no positive integer.
   */
  set(quotas: LocalQuotas): void {
    checkQuotas(quotas, 'quotas');
    this.on = quotas !== false;
    this.adjusted = new Map(Object.entries(typeof quotas === 'boolean' ? {} : quotas) as [QuotaCategory, number][]);
    this.buckets.clear();
  }

  /** Changes one limit, as UpdateProvisionedLimit does. It counts only while `enabled`. */
  setLimit(category: QuotaCategory, requestsPerSecond: number): void {
    checkQuotas({ [category]: requestsPerSecond }, 'quotas');
    this.adjusted.set(category, requestsPerSecond);
  }

  /** Back to the option of `LocalCognito.start`, with full buckets. */
  reset(): void {
    this.set(this.initial);
  }

  /** Counts a request. @returns whether it is within the quota. */
  take({ category, factor }: CountedRequest): boolean {
    if (!this.on) {
      return true;
    }
    const rate = this.limitOf(category) * factor;
    const key = `${category} ${factor}`;
    const now = this.clock();
    const { tokens, filledAt } = this.buckets.get(key) ?? { tokens: rate, filledAt: now };
    // A clock that was set back fills nothing.
    const filled = Math.min(rate, tokens + (Math.max(0, now - filledAt) / 1000) * rate);
    const isWithin = filled >= 1;
    this.buckets.set(key, { tokens: isWithin ? filled - 1 : filled, filledAt: now });
    return isWithin;
  }
}

/**
 * Checks quotas, which may come from a JSON file.
 *
 * @throws MandateArgumentError with the path of what is wrong.
 */
export function checkQuotas(quotas: unknown, path: string): void {
  if (typeof quotas === 'boolean') {
    return;
  }
  if (!isObject(quotas)) {
    throw new MandateArgumentError(path, 'must be a boolean, or an object with requests a second by category');
  }
  for (const [category, limit] of Object.entries(quotas)) {
    if (!Object.hasOwn(REQUEST_RATE_QUOTAS, category)) {
      throw new MandateArgumentError(
        `${path}.${category}`,
        `is an unknown category. Known categories: ${QUOTA_CATEGORIES.join(', ')}`,
      );
    }
    if (!Number.isSafeInteger(limit) || (limit as number) < 1) {
      throw new MandateArgumentError(`${path}.${category}`, 'must be a positive integer, requests a second');
    }
  }
}
