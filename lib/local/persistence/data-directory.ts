import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { MandateArgumentError } from '../../errors/argument-error.js';
import { SingleFlight } from '../../memory/single-flight.js';
import type { Environment } from '../engine/environment.js';
import { type PoolSnapshot, restorePool, snapshotOf } from './pool-snapshot.js';

const FILE = 'pools.json';
const FORMAT = 1;
/** The file contains private keys and client secrets. */
const OWNER_ONLY = 0o600;

/** Persists all pools in one JSON file. */
export class DataDirectory {
  private readonly path: string;
  private readonly writes = new SingleFlight<string, void>();
  /** Number of the latest save that was requested. */
  private requested = 0;
  /** Number of the latest save that is on disk. */
  private saved = 0;
  private written = '';

  private constructor(
    directory: string,
    private readonly environment: Environment,
  ) {
    this.path = join(directory, FILE);
  }

  /**
   * Restores the pools of a directory, which is created when it does not exist.
   *
   * @throws MandateArgumentError when the directory is not writable or its file is invalid.
   */
  static async open(directory: string, environment: Environment): Promise<DataDirectory> {
    const data = new DataDirectory(directory, environment);
    try {
      await mkdir(directory, { recursive: true });
    } catch {
      throw new MandateArgumentError('dataDirectory', `must be a writable directory, but "${directory}" is not`);
    }
    for (const snapshot of await data.read()) {
      restorePool(environment, snapshot);
    }
    return data;
  }

  /** Resolves when the current state is on disk. Calls that overlap share the next write. */
  async save(): Promise<void> {
    const request = ++this.requested;
    // A write that is already under way may have missed the latest change.
    while (this.saved < request) {
      await this.writes.run(this.path, () => this.write());
    }
  }

  /** A crash leaves the old file or the new one, never a partial one: rename is atomic. */
  private async write(): Promise<void> {
    const request = this.requested;
    const { keys, pools } = this.environment;
    const entries = await Promise.all(pools.all().map(async (pool) => ({ pool, keys: await keys.export(pool.id) })));
    const text = JSON.stringify({ format: FORMAT, pools: entries.map((entry) => snapshotOf(entry.pool, entry.keys)) });
    if (text !== this.written) {
      await writeFile(`${this.path}.new`, text, { mode: OWNER_ONLY });
      await rename(`${this.path}.new`, this.path);
      this.written = text;
    }
    this.saved = request;
  }

  private async read(): Promise<readonly PoolSnapshot[]> {
    try {
      const { format, pools } = JSON.parse(await readFile(this.path, 'utf8')) as { format?: unknown; pools?: unknown };
      if (format === FORMAT && Array.isArray(pools)) {
        return pools as PoolSnapshot[];
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return [];
      }
    }
    throw new MandateArgumentError(
      'dataDirectory',
      `must contain data of this version of mandate, but ${this.path} is not readable. Delete the file to start with new pools`,
    );
  }
}
