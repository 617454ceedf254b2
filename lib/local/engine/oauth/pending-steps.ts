import { OwnedMap } from '../../../memory/owned-map.js';
import type { Clock } from '../../../time/clock.js';
import type { PendingStep } from '../../model/pending-step.js';
import type { Random } from '../random.js';

const MAX_PENDING = 20_000;
const ID_BYTES = 16;

/** What the pages of managed login wait for, by the id that a form sends back. */
export class PendingSteps<Step extends PendingStep> {
  private readonly pending = new OwnedMap<Step>(MAX_PENDING);

  /**
   * @param lifetime - of a step, in milliseconds.
   * @param nameOf - the name under which the user of a step is known.
   */
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly lifetime: number,
    private readonly nameOf: (step: Step) => string,
  ) {}

  /** When a step that starts now must have ended, epoch milliseconds. */
  newDeadline(): number {
    return this.clock() + this.lifetime;
  }

  /** Stores a step under a new id. Earlier ids stay known, so that an answer that failed can be repeated. */
  add(step: Omit<Step, 'id'>): Step {
    const added = { ...step, id: this.random.bytes(ID_BYTES).toString('base64url') } as Step;
    this.pending.prune(({ expiresAt }) => this.clock() >= expiresAt);
    this.pending.set(added.id, added, ownerOf(added.clientId, this.nameOf(added)));
    return added;
  }

  /** A client's step. @returns undefined if it is unknown or its time is over. */
  find(id: string | undefined, clientId: string): Step | undefined {
    const found = id === undefined ? undefined : this.pending.get(id);
    return found?.clientId === clientId && this.clock() < found.expiresAt ? found : undefined;
  }

  /** Forgets the steps of a user with a client, by one of the user's names. */
  forget(clientId: string, name: string): void {
    this.pending.forget(ownerOf(clientId, name));
  }
}

function ownerOf(clientId: string, name: string): string {
  return `${clientId}/${name}`;
}
