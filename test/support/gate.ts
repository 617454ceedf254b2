/** Holds work up until the test lets it go on. */
export class Gate {
  /** Resolves once somebody waits at the gate. */
  readonly reached: Promise<void>;
  private reach: () => void = () => undefined;
  private readonly opened: Promise<void>;
  private release: () => void = () => undefined;

  constructor() {
    this.reached = new Promise((resolve) => (this.reach = resolve));
    this.opened = new Promise((resolve) => (this.release = resolve));
  }

  /** Waits until the gate is open. */
  async pass(): Promise<void> {
    this.reach();
    await this.opened;
  }

  open(): void {
    this.release();
  }
}
