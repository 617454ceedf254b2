/**
 * Waits for a promise, but no longer than a timeout. The work itself is not stopped; its later outcome is ignored.
 *
 * @param milliseconds - the timeout.
 * @param createError - creates the error to reject with after the timeout.
 */
export async function within<T>(milliseconds: number, work: Promise<T>, createError: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(createError());
    }, milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
