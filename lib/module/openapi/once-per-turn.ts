/**
 * Remembers a result until the running code has returned to the event loop: a document is made in one turn, and reads each
 * member several times.
 */
export function oncePerTurn<Result extends object>(compute: () => Result): () => Result {
  let known: Result | undefined;
  return () => {
    if (known === undefined) {
      known = compute();
      queueMicrotask(() => {
        known = undefined;
      });
    }
    return known;
  };
}
