import type { Clock } from '../../time/clock.js';
import { Outbox } from '../outbox.js';
import { Changes } from './changes.js';
import { Faults } from './faults.js';
import { LocalClock } from './local-clock.js';
import type { Steering } from './steering.js';

/** What steers a server apart from its pools. */
export type Controls = Omit<Steering, 'environment' | 'reset'>;

/** @param own - the clock of the options, which cannot be moved. */
export function createControls(own: Clock | undefined): Controls {
  const changes = new Changes();
  const clock = new LocalClock(own, () => {
    changes.tell({ kind: 'clock' });
  });
  const faults = new Faults(() => {
    changes.tell({ kind: 'faults' });
  });
  return { clock, changes, faults, outbox: new Outbox() };
}

/** An empty outbox, no faults, and the system's time. */
export function resetControls({ clock, faults, outbox }: Controls): void {
  outbox.clear();
  faults.clear();
  clock.reset();
}
