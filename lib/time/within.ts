import { clearImmediate, setImmediate } from 'node:timers';

import { untilAborted } from './until-aborted.js';

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
  let cancel = (): void => undefined;
  const end = new Promise<never>((_resolve, reject) => {
    cancel = afterRunning(milliseconds, () => {
      reject(createError());
    });
  });
  try {
    const outcome = Promise.race([work, end]);
    return await (signal === undefined ? outcome : untilAborted(signal, outcome));
  } finally {
    cancel();
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
