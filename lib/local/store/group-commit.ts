import { CognitoFault } from '../engine/cognito-fault.js';
import type { Journal, RecordChange } from '../model/unit-of-work.js';
import type { LevelStore } from './level-store.js';
import { FilesGoneError } from './store-files.js';

/**
 * Stores changes in groups: whatever is added during a write shares the next one, and its cost. Changes that could not be
 * stored stay in line, and go with the next write.
 */
export class GroupCommit implements Journal {
  private waiting = new Map<string, string | undefined>();
  private running: Promise<void> = Promise.resolve();
  /** The write that will store what waits. */
  private next: Promise<void> | undefined;
  private failing = false;

  /** @param warn - called when changes cannot be stored, and when they can again. */
  constructor(
    private readonly store: Pick<LevelStore, 'write'>,
    private readonly warn: (warning: string) => void,
  ) {}

  add(changes: readonly RecordChange[]): void {
    for (const { key, text } of changes) {
      this.waiting.set(key, text);
    }
    if (changes.length > 0) {
      // Not everybody waits for the outcome, which is in the log too.
      this.durable().catch(() => undefined);
    }
  }

  /** @throws CognitoFault InternalErrorException when what waits could not be stored. */
  durable(): Promise<void> {
    if (this.waiting.size === 0) {
      return this.running;
    }
    if (this.next === undefined) {
      const next = this.running.catch(() => undefined).then(() => this.write());
      // A failure concerns those who wait for it.
      next.catch(() => undefined);
      this.next = next;
    }
    return this.next;
  }

  private async write(): Promise<void> {
    this.running = this.next ?? this.running;
    this.next = undefined;
    const changes = this.waiting;
    this.waiting = new Map();
    try {
      await this.store.write([...changes].map(([key, text]) => ({ key, text })));
    } catch (error) {
      this.waiting = new Map([...changes, ...this.waiting]);
      throw this.failed(error);
    }
    if (this.failing) {
      this.failing = false;
      this.warn('The data directory can be written again; everything is stored.');
    }
  }

  private failed(error: unknown): CognitoFault {
    const { log, answer } = sentencesOf(error);
    if (!this.failing) {
      this.failing = true;
      this.warn(log);
    }
    return new CognitoFault('InternalErrorException', answer, { cause: error });
  }
}

function sentencesOf(error: unknown): { readonly log: string; readonly answer: string } {
  if (error instanceof FilesGoneError) {
    const sentence = `${error.message}. Restart the server: it begins with what is in the directory then.`;
    return { log: `${sentence} Until then requests that change something fail.`, answer: sentence };
  }
  const reason = reasonOf(error);
  return {
    log: `Changes cannot be stored in the data directory: ${reason}. Requests that change something fail until they can; what they changed is kept in memory and stored then.`,
    answer: `The change could not be stored in the data directory: ${reason}. It is tried again with the next change.`,
  };
}

/** Without the paths in which LevelDB wraps it. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as { readonly cause?: unknown; readonly message?: string };
  const text = cause instanceof Error ? cause.message : (message ?? 'unknown');
  return /no space left on device/i.test(text) ? 'no space left on device' : text;
}
