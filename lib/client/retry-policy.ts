import { isReplayable } from './operations.js';

/** How failed requests are sent again. All delays in milliseconds. */
export interface RetryOptions {
  /** Requests per call at most, the first one included. Default 3; 1 turns retries off. */
  readonly maxAttempts?: number | undefined;
  /** Upper bound of the first delay; it doubles with each retry and the delay is drawn between 0 and it. Default 200. */
  readonly baseDelay?: number | undefined;
  /** Cap of a single delay. Default 5,000. */
  readonly maxDelay?: number | undefined;
}

/** Retry options with their defaults filled in. */
export type RetryPolicy = { readonly [Key in keyof RetryOptions]-?: number };

/** Fills in the defaults. */
export function retryPolicy(options: RetryOptions = {}): RetryPolicy {
  return {
    maxAttempts: options.maxAttempts ?? 3,
    baseDelay: options.baseDelay ?? 200,
    maxDelay: options.maxDelay ?? 5_000,
  };
}

/**
 * What a failure says about the request:
 * - `refused-for-now`: throttled, so it was not carried out;
 * - `not-sent`: there was no connection;
 * - `unknown`: it may have been carried out and the answer was lost;
 * - `final`: the service decided.
 */
type RequestFate = 'refused-for-now' | 'not-sent' | 'unknown' | 'final';

const THROTTLED: ReadonlySet<unknown> = new Set(['TooManyRequestsException', 'ThrottlingException']);

/** Errors of Node.js from before the connection stands. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Whether a request that failed is sent again. LimitExceededException is final: waiting a second does not help. */
export function mayRetry(operation: string, input: unknown, error: unknown): boolean {
  const fate = fateOfRequest(error);
  return fate === 'refused-for-now' || fate === 'not-sent' || (fate === 'unknown' && isReplayable(operation, input));
}

/**
 * The delay before a retry: exponential with full jitter, so that many clients that failed together do not come back
 * together.
 *
 * @param retry - 1 for the first retry.
 * @param random - from 0 up to 1.
 */
export function retryDelay(policy: RetryPolicy, retry: number, random: number): number {
  return random * Math.min(policy.maxDelay, policy.baseDelay * 2 ** (retry - 1));
}

function fateOfRequest(error: unknown): RequestFate {
  const { name, code, syscall, $fault, $metadata, message } = readError(error);
  if (THROTTLED.has(name)) {
    return 'refused-for-now';
  }
  if (name === 'CredentialsProviderError' || name === 'AbortError') {
    return 'final';
  }
  if (NOT_CONNECTED.has(code) || syscall === 'connect' || String(message).includes('did not establish a connection')) {
    return 'not-sent';
  }
  const status = $metadata?.httpStatusCode;
  return $fault === 'client' && status !== undefined && status < 500 ? 'final' : 'unknown';
}

interface SdkFailure {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
}

function readError(error: unknown): SdkFailure {
  return typeof error === 'object' && error !== null ? error : {};
}
