/**
 * The outcome of a promise, unless that takes too long. The work itself is not stopped: nobody waits for it any longer.
 *
 * @param milliseconds - how long to wait.
 * @param late - makes the error to reject with when the time is up.
 */
export async function within<T>(milliseconds: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(late());
    }, milliseconds);
  });
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
