import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BatchOperation, ClassicLevel } from 'classic-level';

import { MandateArgumentError } from '../../errors/argument-error.js';
import type { RecordChange } from '../model/unit-of-work.js';
import { loadPackage } from '../optional-package.js';
import {
  FilesGoneError,
  filesBefore,
  knownWrites,
  makeDirectory,
  noteWrites,
  putBack,
  type StoreFiles,
} from './store-files.js';

type Level = ClassicLevel;
type LevelOperation = BatchOperation<Level, string, string>;

const OWNER_ONLY_DIRECTORY = 0o700;
const OWNER_ONLY_FILE = 0o600;
/** Numbers of the latest writes. A gap shows that the log was damaged. */
const WRITE_PREFIX = '/writes/';
const KEPT_WRITES = 4096;
const READ_AT_ONCE = 1000;

/** A record as it is stored. */
export type StoredRecord = readonly [key: string, text: string];

/** Records on disk, by key: a LevelDB that belongs to this process alone. */
export class LevelStore {
  /** The number of the latest write. */
  private writes = 0;
  /** Whether a write has failed. LevelDB refuses all others then, until it is opened again. */
  private broken = false;

  private constructor(
    private readonly directory: string,
    private level: Level,
    private readonly before: StoreFiles,
    /** Identifies the file that LevelDB has locked. */
    private readonly lock: string | undefined,
  ) {}

  /**
   * Opens the store of a directory, which is created when it does not exist.
   *
   * @throws MandateArgumentError when the directory cannot be used, or another process uses it.
   */
  static async open(directory: string): Promise<LevelStore> {
    const path = join(directory, 'store');
    try {
      await makeDirectory(path, OWNER_ONLY_DIRECTORY);
      await chmod(path, OWNER_ONLY_DIRECTORY);
    } catch {
      throw new MandateArgumentError('dataDirectory', `must be a writable directory, but "${directory}" is not`);
    }
    const before = await filesBefore(path);
    const level = await openLevel(path);
    const store = new LevelStore(directory, level, before, await lockOf(directory));
    await writeFile(pidFile(directory), `${process.pid}\n`, { mode: OWNER_ONLY_FILE }).catch(() => undefined);
    return store;
  }

  /** Reads every record. @throws MandateArgumentError when the store is damaged. */
  async *records(): AsyncGenerator<StoredRecord, void> {
    const numbers: number[] = [];
    try {
      const entries = this.level.iterator();
      for (;;) {
        const some = await entries.nextv(READ_AT_ONCE);
        if (some.length === 0) {
          break;
        }
        for (const [key, text] of some) {
          if (key.startsWith(WRITE_PREFIX)) {
            numbers.push(Number(text));
          } else {
            yield [key, text];
          }
        }
      }
      await entries.close();
    } catch (error) {
      throw isLevelError(error) ? damaged(this.directory) : error;
    }
    this.writes = numbers.reduce((most, number) => Math.max(most, number), 0);
    const isWhole = numbers.length === Math.min(this.writes, KEPT_WRITES);
    if (!isWhole || this.writes < (await knownWrites(this.directory))) {
      throw this.before.size === 0 ? emptied(this.directory) : damaged(this.directory);
    }
    await noteWrites(this.directory, this.writes);
  }

  /** Stores changes, all or none of them. They are durable when the promise resolves. */
  async write(changes: readonly RecordChange[]): Promise<void> {
    if (this.broken) {
      await this.assertThere();
      await this.level.close();
      this.level = await openLevel(join(this.directory, 'store'));
      this.broken = false;
    }
    const number = this.writes + 1;
    const operations = changes.map(({ key, text }): LevelOperation =>
      text === undefined ? { type: 'del', key } : { type: 'put', key, value: text },
    );
    operations.push({ type: 'put', key: `${WRITE_PREFIX}${number % KEPT_WRITES}`, value: String(number) });
    try {
      await this.level.batch(operations, { sync: true });
    } catch (error) {
      this.broken = true;
      throw error;
    }
    await this.assertThere();
    this.writes = number;
    if (number === 1) {
      await noteWrites(this.directory, number);
    }
  }

  /** Files that were deleted can be written still, and nobody will read them. */
  private async assertThere(): Promise<void> {
    if ((await lockOf(this.directory)) !== this.lock) {
      throw new FilesGoneError();
    }
  }

  /** Closes a damaged store and leaves it as it was. */
  async abandon(): Promise<void> {
    await this.level.close();
    await putBack(join(this.directory, 'store'), this.before);
    await rm(pidFile(this.directory), { force: true });
  }

  async close(): Promise<void> {
    await noteWrites(this.directory, this.writes);
    await this.level.close();
    await rm(pidFile(this.directory), { force: true });
  }
}

/** The store cannot be read. */
export function damaged(directory: string): MandateArgumentError {
  return new MandateArgumentError(
    'dataDirectory',
    `must have an intact store, but that of "${directory}" is damaged or of another version. Restore a copy, or choose another directory; nothing was deleted`,
  );
}

function emptied(directory: string): MandateArgumentError {
  return new MandateArgumentError(
    'dataDirectory',
    `must have its store, but what "${directory}" kept was deleted. Restore a copy, or delete all of the directory to start anew`,
  );
}

async function openLevel(path: string): Promise<Level> {
  const { ClassicLevel: Implementation } = await importLevel();
  const level: Level = new Implementation(path, { valueEncoding: 'utf8' });
  try {
    await level.open();
    return level;
  } catch (error) {
    await level.close().catch(() => undefined);
    throw await openingError(error, join(path, '..'));
  }
}

function importLevel() {
  return loadPackage('classic-level', 'to keep data in a directory', () => import('./classic-level.js'));
}

async function openingError(error: unknown, directory: string): Promise<unknown> {
  const cause = (error as { readonly cause?: { readonly code?: string; readonly message?: string } }).cause;
  if (cause?.code === 'LEVEL_LOCKED') {
    const pid = await readFile(pidFile(directory), 'utf8').catch(() => '');
    const owner = pid.trim() === '' ? 'another process' : `process ${pid.trim()}`;
    return new MandateArgumentError(
      'dataDirectory',
      `must be used by one server at a time, but "${directory}" is in use by ${owner}. Stop that, or choose another directory`,
    );
  }
  const reason = cause?.message ?? String(error);
  return /no space left|permission denied|read-only/i.test(reason)
    ? new MandateArgumentError('dataDirectory', `must be writable, but "${directory}" is not: ${reason}`)
    : damaged(directory);
}

function isLevelError(error: unknown): boolean {
  return String((error as { readonly code?: unknown }).code).startsWith('LEVEL_');
}

async function lockOf(directory: string): Promise<string | undefined> {
  const { dev, ino } = await stat(join(directory, 'store', 'LOCK')).catch(() => ({ dev: undefined, ino: undefined }));
  return ino === undefined ? undefined : `${dev} ${ino}`;
}

function pidFile(directory: string): string {
  return join(directory, 'pid');
}
