import { afterRunning } from './within.js';

/** A signal that is aborted after a timeout, and what cancels the timeout. */
export interface TimeoutSignal {
  readonly signal: AbortSignal;
  readonly cancel: () => void;
}

/**
 * A signal that is aborted after a time in which the process could run, as `within` measures it: an answer that arrives
 * while the event loop is blocked is not late. Its reason is an error with the name `AbortError`.
 *
 * @param milliseconds - the timeout.
 */
export function timeoutSignal(milliseconds: number): TimeoutSignal {
  const controller = new AbortController();
  const cancel = afterRunning(milliseconds, () => {
    // Named as the AWS SDK names it.
    controller.abort(Object.assign(new Error('The time is up.'), { name: 'AbortError' }));
  });
  return { signal: controller.signal, cancel };
}
