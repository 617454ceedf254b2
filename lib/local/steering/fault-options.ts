/**
 * A fault to play. It has one of `status` (or `type`), `reset` and `throttle`, or a `delay`, which goes with each of them.
 *
 * @publicApi
 */
export interface LocalFaultOptions {
  /**
   * An operation of the API such as `InitiateAuth`, a path of managed login such as `/oauth2/token`,
   * `/.well-known/jwks.json`, or `*` for all of them.
   */
  readonly operation: string;
  /** HTTP status of the answer, 400 to 599. Default with `type`: that of the exception. */
  readonly status?: number;
  /** Exception of the answer. For OAuth 2.0 endpoints: the `error`. Default: one that goes with the status. */
  readonly type?: string;
  /** Message of the answer. */
  readonly message?: string;
  /** Closes the connection without an answer. */
  readonly reset?: boolean;
  /** Answers TooManyRequestsException. */
  readonly throttle?: boolean;
  /** Milliseconds to wait, at most 600,000. */
  readonly delay?: number;
  /**
   * Lets the operation happen first, and plays the fault in place of its answer, which is lost. Default: false, nothing
   * happens but the fault. A `delay` alone delays the operation, or with this its answer.
   */
  readonly after?: boolean;
  /** How many requests meet it. Default: all, until it is removed. */
  readonly times?: number;
}

/**
 * A fault that waits for requests.
 *
 * @publicApi
 */
export interface LocalFault extends LocalFaultOptions {
  readonly id: number;
  /** How many requests will still meet it. Undefined: all. */
  readonly remaining?: number;
}

/** Names of `LocalFaultOptions`. */
export const FAULT_OPTIONS: Readonly<Record<keyof LocalFaultOptions, true>> = {
  operation: true,
  status: true,
  type: true,
  message: true,
  reset: true,
  throttle: true,
  delay: true,
  after: true,
  times: true,
};
