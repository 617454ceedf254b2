import { AsyncLocalStorage } from 'node:async_hooks';

/** Records of one kind that take part in units of work. */
export interface TrackedRecords {
  /** What the keys of the kind start with in the store. */
  readonly path: string;
  /** A record as it is stored; undefined if there is none of the key. */
  textOf(key: string): string | undefined;
  /** A unit of work holds a record from now on: it may change without notice. */
  hold(key: string): void;
  /** A unit of work lets go of a record. */
  release(key: string): void;
}

/** A record to store. */
export interface RecordChange {
  readonly key: string;
  /** Undefined: the record is gone. */
  readonly text: string | undefined;
}

/** Where changed records are stored. */
export interface Journal {
  /** Takes changes, to be stored soon. */
  add(changes: readonly RecordChange[]): void;
  /** Resolves when everything taken is durable. @throws when it could not be stored. */
  durable(): Promise<void>;
}

/** The records that one request has got hold of. */
class UnitOfWork {
  /** Work that goes on in the background has the context of its request, which has ended. */
  private hasEnded = false;
  /** Each touched record as it was, by kind and key. */
  private readonly touched = new Map<TrackedRecords, Map<string, string | undefined>>();

  /** @param compares - whether changes are of interest. */
  constructor(private readonly compares: boolean) {}

  touch(records: TrackedRecords, key: string): void {
    if (this.hasEnded) {
      return;
    }
    const keys = this.touched.get(records) ?? new Map<string, string | undefined>();
    this.touched.set(records, keys);
    if (!keys.has(key)) {
      keys.set(key, this.compares ? records.textOf(key) : undefined);
      records.hold(key);
    }
  }

  /** Lets go of everything. @returns what has changed. */
  end(): RecordChange[] {
    this.hasEnded = true;
    const changes: RecordChange[] = [];
    for (const [records, keys] of this.touched) {
      for (const [key, before] of keys) {
        records.release(key);
        const text = this.compares ? records.textOf(key) : undefined;
        if (text !== before) {
          changes.push({ key: `${records.path}${key}`, text });
        }
      }
    }
    return changes;
  }
}

const current = new AsyncLocalStorage<UnitOfWork>();

/** Notes that the running unit of work has got hold of a record, before it can change it. */
export function touch(records: TrackedRecords, key: string): void {
  current.getStore()?.touch(records, key);
}

/**
 * Runs everything that may change records: each request, and each call from the same process. The records that were
 * looked up are compared at the end, so that no operation has to say what it changes, also when it fails: failed
 * attempts count. With a journal, the result is given only when the changes are durable.
 */
export class UnitsOfWork {
  private journal: Journal | undefined;

  /** Changes are stored from now on. */
  storeIn(journal: Journal): void {
    this.journal = journal;
  }

  /** Runs a unit of work. @throws what the work throws, or why its changes could not be stored. */
  async run<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    const unit = new UnitOfWork(this.journal !== undefined);
    try {
      return await current.run(unit, work);
    } finally {
      if (this.end(unit)) {
        await this.journal?.durable();
      }
    }
  }

  /** Runs a unit of work that does not wait until its changes are durable. */
  runSync<Result>(work: () => Result): Result {
    const unit = new UnitOfWork(this.journal !== undefined);
    try {
      return current.run(unit, work);
    } finally {
      this.end(unit);
    }
  }

  /** @returns whether there were changes. */
  private end(unit: UnitOfWork): boolean {
    const changes = unit.end();
    this.journal?.add(changes);
    return changes.length > 0;
  }
}
