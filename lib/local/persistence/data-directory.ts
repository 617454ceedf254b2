import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { MandateArgumentError } from '../../errors/argument-error.js';
import type { Environment } from '../engine/environment.js';
import { type PoolSnapshot, restorePool, snapshotOf } from './pool-snapshot.js';

const FILE = 'pools.json';
const FORMAT = 1;
/** The file holds private keys and client secrets. */
const OWNER_ONLY = 0o600;

/** Keeps all pools in one JSON file. */
export class DataDirectory {
  private written = '';
  private writing: Promise<void> | undefined;
  private dirty = false;

  private constructor(
    private readonly directory: string,
    private readonly environment: Environment,
  ) {}

  /**
   * Reads what is there already; the directory is made when it is missing.
   *
   * @throws MandateArgumentError when it cannot be used or its file is broken.
   */
  static async open(directory: string, environment: Environment): Promise<DataDirectory> {
    const data = new DataDirectory(directory, environment);
    try {
      await mkdir(directory, { recursive: true });
    } catch {
      throw new MandateArgumentError('data', `should be a directory that can be written, unlike "${directory}"`);
    }
    for (const snapshot of await data.read()) {
      restorePool(environment, snapshot);
    }
    return data;
  }

  /** Writes soon; calls while a file is being written lead to one more. */
  async save(): Promise<void> {
    this.dirty = true;
    this.writing ??= this.writeWhileDirty().finally(() => {
      this.writing = undefined;
    });
    await this.writing;
  }

  private async writeWhileDirty(): Promise<void> {
    while (this.dirty) {
      this.dirty = false;
      await this.write();
    }
  }

  /** Never leaves half a file: a new one takes the old one's name. */
  private async write(): Promise<void> {
    const { keys, pools } = this.environment;
    const pem = await Promise.all(pools.all().map(async (pool) => ({ pool, keys: await keys.export(pool.id) })));
    const text = JSON.stringify({ format: FORMAT, pools: pem.map((entry) => snapshotOf(entry.pool, entry.keys)) });
    if (text === this.written) {
      return;
    }
    const path = join(this.directory, FILE);
    await writeFile(`${path}.new`, text, { mode: OWNER_ONLY });
    await rename(`${path}.new`, path);
    this.written = text;
  }

  private async read(): Promise<readonly PoolSnapshot[]> {
    const path = join(this.directory, FILE);
    try {
      const { format, pools } = JSON.parse(await readFile(path, 'utf8')) as { format?: unknown; pools?: unknown };
      if (format === FORMAT && Array.isArray(pools)) {
        return pools as PoolSnapshot[];
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return [];
      }
    }
    throw new MandateArgumentError('data', `should hold pools of this version of mandate, but ${path} cannot be read`);
  }
}
