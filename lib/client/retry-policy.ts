import { isReplayable } from './operations.js';
import {
  CREDENTIALS_FAILURE,
  CREDENTIALS_INCOMPLETE,
  isCertificateFailure,
  readSdkFailure,
  type SdkFailure,
} from './sdk-failure.js';

/**
 * Options of retries. All delays are in milliseconds. The retries of all calls together are limited by a quota, as in the
 * AWS SDK's standard retry mode: 35 after failures or 100 after throttling, then one for every 14 or 5 answers of Cognito,
 * so that an outage does not multiply the load.
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
 * - `not-sent`: Cognito cannot have received all of it;
 * - `unknown`: it may have been processed, and the response was lost;
 * - `refused`: the service processed it and refused;
 * - `hopeless`: nothing was processed, and the next request would fail as well.
 */
export type RequestFate = 'throttled' | 'not-sent' | 'unknown' | 'refused' | 'hopeless';

const THROTTLED: ReadonlySet<unknown> = new Set(['TooManyRequestsException', 'ThrottlingException']);

const HOPELESS: ReadonlySet<unknown> = new Set([CREDENTIALS_FAILURE, CREDENTIALS_INCOMPLETE, 'AbortError']);

/** Errors of Node.js from before a connection is established, and from writing to one that is closed. */
const NOT_SENT_CODES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ERR_PROXY_TUNNEL',
]);

/**
 * System calls that fail before a request is complete. A failed `write` leaves at least the end of the request unsent, and
 * a server does not process an incomplete request (RFC 9112 section 8). A failed `read` reveals nothing of the kind, on a
 * reused connection either (RFC 9110 section 9.2.2).
 */
const NOT_SENT_CALLS: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo', 'write']);

/** Texts of errors from before a connection is established that have no code of their own. */
const NOT_SENT_TEXT = /did not establish a connection|before secure TLS connection was established/;

/** Whether to retry a request of this fate. */
export function mayRetry(operation: string, input: unknown, fate: RequestFate): boolean {
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

/** What a failure reveals about the request. LimitExceededException is a refusal: its limit is per hour. */
export function fateOfRequest(error: unknown): RequestFate {
  const failure = readSdkFailure(error);
  const { name, code, $fault, $metadata } = failure;
  if (THROTTLED.has(name)) {
    return 'throttled';
  }
  if (HOPELESS.has(name) || isCertificateFailure(code)) {
    return 'hopeless';
  }
  if (isNotSent(failure)) {
    return 'not-sent';
  }
  const status = $metadata?.httpStatusCode;
  return $fault === 'client' && status !== undefined && status < 500 ? 'refused' : 'unknown';
}

function isNotSent({ code, syscall, message, errors = [] }: SdkFailure): boolean {
  return (
    NOT_SENT_CODES.has(code) ||
    NOT_SENT_CALLS.has(syscall) ||
    NOT_SENT_TEXT.test(String(message)) ||
    // Node.js tries every address of the host, and reports all failures as one.
    (errors.length > 0 && errors.every((each) => isNotSent(readSdkFailure(each))))
  );
}
