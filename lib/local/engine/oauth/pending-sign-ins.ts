import { BoundedMap } from '../../../memory/bounded-map.js';
import type { Clock } from '../../../time/clock.js';
import type { PendingSignIn } from '../../model/pending-sign-in.js';
import type { Random } from '../random.js';

const MAX_PENDING = 20_000;
const ID_BYTES = 16;
/** A sign-in on the pages must end within this time. */
const LIFETIME_MS = 5 * 60_000;

/** The sign-ins on the pages of managed login that wait for an answer. */
export class PendingSignIns {
  private readonly pending = new BoundedMap<string, PendingSignIn>(MAX_PENDING);

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** When a sign-in that starts now must have ended, epoch milliseconds. */
  newDeadline(): number {
    return this.clock() + LIFETIME_MS;
  }

  /** Stores a sign-in under a new id. Its earlier ids stay known, so that an answer that failed can be repeated. */
  add(signIn: Omit<PendingSignIn, 'id'>): PendingSignIn {
    const added = { ...signIn, id: this.random.bytes(ID_BYTES).toString('base64url') };
    this.pending.set(added.id, added);
    return added;
  }

  /** A client's sign-in. @returns undefined if it is unknown or its time is over. */
  find(id: string | undefined, clientId: string): PendingSignIn | undefined {
    const found = id === undefined ? undefined : this.pending.peek(id);
    return found?.clientId === clientId && this.clock() < found.expiresAt ? found : undefined;
  }
}
