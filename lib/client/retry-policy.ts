import { isReplayable } from './operations.js';
import { CREDENTIALS_FAILURE, readSdkFailure } from './sdk-failure.js';

/**
 * Options of retries. All delays are in milliseconds.
 *
 * @publicApi
 */
export interface RetryOptions {
  /** The maximum number of requests of a call, including the first. 1 turns retries off. Default: 3. */
  readonly maxAttempts?: number | undefined;
  /** Upper bound of the first delay, doubled with each retry. Each delay is random between 0 and its bound. Default: 200. */
  readonly baseDelay?: number | undefined;
  /** Upper bound of every delay. Default: 5,000. */
  readonly maxDelay?: number | undefined;
}

/** Retry options with their defaults applied. */
export type RetryPolicy = { readonly [Key in keyof RetryOptions]-?: number };

/** Applies the defaults. */
export function retryPolicy(options: RetryOptions = {}): RetryPolicy {
  return {
    maxAttempts: options.maxAttempts ?? 3,
    baseDelay: options.baseDelay ?? 200,
    maxDelay: options.maxDelay ?? 5_000,
  };
}

/**
 * What a failure reveals about the request:
 * - `throttled`: it was not processed;
 * - `not-sent`: there was no connection;
 * - `unknown`: it may have been processed, and the response was lost;
 * - `final`: the service processed it and refused.
 */
type RequestFate = 'throttled' | 'not-sent' | 'unknown' | 'final';

const THROTTLED: ReadonlySet<unknown> = new Set(['TooManyRequestsException', 'ThrottlingException']);

/** Errors of Node.js from before a connection is established. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Whether to retry a failed request. LimitExceededException is final: its limit is per hour. */
export function mayRetry(operation: string, input: unknown, error: unknown): boolean {
  const fate = fateOfRequest(error);
  return fate === 'throttled' || fate === 'not-sent' || (fate === 'unknown' && isReplayable(operation, input));
}

/**
 * The delay before a retry, in milliseconds: exponential backoff with full jitter, so that clients that failed together
 * do not retry together.
 *
 * @param retry - the number of the retry; 1 is the first.
 * @param random - from 0 up to 1.
 */
export function retryDelay(policy: RetryPolicy, retry: number, random: number): number {
  return random * Math.min(policy.maxDelay, policy.baseDelay * 2 ** (retry - 1));
}

function fateOfRequest(error: unknown): RequestFate {
  const { name, code, syscall, $fault, $metadata, message } = readSdkFailure(error);
  if (THROTTLED.has(name)) {
    return 'throttled';
  }
  if (name === CREDENTIALS_FAILURE || name === 'AbortError') {
    return 'final';
  }
  if (NOT_CONNECTED.has(code) || syscall === 'connect' || String(message).includes('did not establish a connection')) {
    return 'not-sent';
  }
  const status = $metadata?.httpStatusCode;
  return $fault === 'client' && status !== undefined && status < 500 ? 'final' : 'unknown';
}
