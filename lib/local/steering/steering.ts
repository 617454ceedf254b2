import type { Environment } from '../engine/environment.js';
import type { Outbox } from '../outbox.js';
import type { Changes } from './changes.js';
import type { Faults } from './faults.js';
import type { LocalClock } from './local-clock.js';

/** What tests see and change of an embedded Cognito. */
export interface Steering {
  readonly environment: Environment;
  readonly outbox: Outbox;
  readonly clock: LocalClock;
  readonly faults: Faults;
  readonly changes: Changes;
  /** Puts everything back as it was at the start. */
  readonly reset: () => Promise<void>;
}
