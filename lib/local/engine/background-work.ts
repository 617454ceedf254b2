/** Work that goes on after its request was answered. */
export class BackgroundWork {
  private readonly running = new Set<Promise<void>>();
  private stopping = false;

  /** Whether work must end at its next step, because the server stops. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Starts work. It may not throw. */
  start(work: () => Promise<void>): void {
    const running = work().finally(() => this.running.delete(running));
    this.running.add(running);
  }

  /** Ends all work at its next step. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }
}
