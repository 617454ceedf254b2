import type { MandateErrorCode } from './error-codes.js';
import type { MandateError } from './mandate-error.js';

/** Statuses whose responses tell when to try again: 429 (RFC 6585, section 4) and 503 (RFC 9110, section 15.6.4). */
const TEMPORARY: ReadonlySet<number> = new Set([429, 503]);

/** Long enough that clients do not add to what keeps a service from answering. */
const DEFAULT_SECONDS = 5;

/** Seconds, where the reason allows less or asks for more than the default. */
const SECONDS: Readonly<Partial<Record<MandateErrorCode, number>>> = {
  // Cognito counts requests per second.
  TOO_MANY_REQUESTS: 1,
  // The circuit breaker tries the store again after a second.
  REVOCATION_CHECK_FAILED: 1,
  // Cognito counts these by the minute, the hour or the day, and does not tell when it starts again.
  ATTEMPTS_EXCEEDED: 60,
  EMAIL_LIMIT_EXCEEDED: 60,
  LIMIT_EXCEEDED: 60,
  SERVICE_QUOTA_EXCEEDED: 60,
};

/**
 * Seconds after which a caller may try again; `undefined` for an error that time does not mend. An error that knows its
 * delay has it in `retryAfterSeconds`.
 */
export function retryAfterSeconds(error: MandateError): number | undefined {
  if (!TEMPORARY.has(error.status)) {
    return undefined;
  }
  const known: unknown = 'retryAfterSeconds' in error ? error.retryAfterSeconds : undefined;
  return typeof known === 'number' && known > 0 ? Math.ceil(known) : (SECONDS[error.code] ?? DEFAULT_SECONDS);
}
