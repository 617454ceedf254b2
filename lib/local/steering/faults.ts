import { checkFault } from './check-fault.js';
import type { LocalFault, LocalFaultOptions } from './fault-options.js';

/**
 * The faults that an embedded Cognito plays, so that tests see what an application does about them.
 *
 * @publicApi
 */
export class Faults {
  private faults: LocalFault[] = [];
  private count = 0;

  /** Called by the embedded Cognito. */
  constructor(private readonly changed: () => void) {}

  /**
   * Adds a fault. Of several for one operation the oldest is played first.
   *
   * @example
   * cognito.faults.add({ operation: 'InitiateAuth', status: 500, times: 1 });
   *
   * @throws MandateArgumentError for an unknown operation, and for values that contradict each other.
   */
  add(fault: LocalFaultOptions): LocalFault {
    checkFault(fault);
    const added = { ...fault, id: ++this.count, ...(fault.times !== undefined && { remaining: fault.times }) };
    this.faults.push(added);
    this.changed();
    return added;
  }

  /** The faults that wait for requests, oldest first. */
  list(): LocalFault[] {
    return [...this.faults];
  }

  /** Removes a fault. @returns whether it was there. */
  remove(id: number): boolean {
    const others = this.faults.filter((fault) => fault.id !== id);
    const wasThere = others.length < this.faults.length;
    this.faults = others;
    this.changed();
    return wasThere;
  }

  /** Removes all faults. */
  clear(): void {
    this.faults = [];
    this.changed();
  }

  /**
   * The fault that a request meets, which counts as played. Called by the embedded Cognito.
   *
   * @internal
   */
  take(operation: string): LocalFault | undefined {
    const fault = this.faults.find((candidate) => candidate.operation === operation || candidate.operation === '*');
    if (fault?.remaining !== undefined) {
      const remaining = fault.remaining - 1;
      this.faults = this.faults.flatMap((each) =>
        each !== fault ? [each] : remaining === 0 ? [] : [{ ...each, remaining }],
      );
      this.changed();
    }
    return fault;
  }
}
