/** Calls with the same key that overlap share one execution, and so one outcome. */
export class SingleFlight<K, V> {
  readonly #running = new Map<K, Promise<V>>();

  /** Number of executions under way. */
  get size(): number {
    return this.#running.size;
  }

  /** Joins the execution that is under way for the key, or starts one. */
  run(key: K, work: () => Promise<V>): Promise<V> {
    const running = this.#running.get(key);
    if (running !== undefined) {
      return running;
    }
    const started = work().finally(() => {
      // After `forget` the key may belong to a later execution.
      if (this.#running.get(key) === started) {
        this.#running.delete(key);
      }
    });
    this.#running.set(key, started);
    return started;
  }

  /** Whether an execution is still the one that calls would join. */
  isCurrent(key: K, execution: Promise<V>): boolean {
    return this.#running.get(key) === execution;
  }

  /** Later calls start anew; an execution under way is not stopped. */
  forget(key: K): void {
    this.#running.delete(key);
  }
}
