import { afterRunning } from './within.js';

/** A signal that is aborted after a timeout, and what cancels the timeout. */
export interface TimeoutSignal {
  readonly signal: AbortSignal;
  readonly cancel: () => void;
}

/**
 * A signal that is aborted after a time in which the process could run, as `within` measures it: an answer that arrives
 * while the event loop is blocked is not late.
 *
 * @param milliseconds - the timeout.
 */
export function timeoutSignal(milliseconds: number): TimeoutSignal {
  const controller = new AbortController();
  const cancel = afterRunning(milliseconds, () => {
    controller.abort();
  });
  return { signal: controller.signal, cancel };
}
