import { clearImmediate, setImmediate } from 'node:timers';

/** Parts that a timeout is measured in. */
const PARTS = 10;

/**
 * Waits for a promise, but no longer than a timeout. The work itself is not stopped; its later outcome is ignored.
 *
 * Time in which this process could not run does not count: while its event loop is blocked, answers cannot arrive. So
 * the timeout is measured in parts, each of which counts as its own length however late its timer fires, and the loop
 * gets a turn to deliver what has arrived before the time is up. The timer keeps no process alive.
 *
 * @param milliseconds - the timeout.
 * @param createError - creates the error to reject with after the timeout.
 * @param signal - rejects with its reason when it is aborted.
 */
export async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  createError: () => Error,
  signal?: AbortSignal,
): Promise<T> {
  let stop: () => void = () => undefined;
  const end = new Promise<never>((_resolve, reject) => {
    const cancel = afterRunning(milliseconds, () => {
      reject(createError());
    });
    const abort = (): void => {
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) {
      abort();
    }
    stop = () => {
      cancel();
      signal?.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    stop();
  }
}

/** Calls back after a time in which the process could run. Returns what cancels the call. */
export function afterRunning(milliseconds: number, callback: () => void): () => void {
  const part = Math.max(1, Math.ceil(milliseconds / PARTS));
  let left = milliseconds;
  let immediate: NodeJS.Immediate | undefined;
  let timer = start();

  function start(): NodeJS.Timeout {
    return setTimeout(next, Math.min(part, left)).unref();
  }
  function next(): void {
    left -= part;
    if (left > 0) {
      timer = start();
    } else {
      // Timers come before what the sockets have received, and this after it.
      immediate = setImmediate(callback);
    }
  }
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
