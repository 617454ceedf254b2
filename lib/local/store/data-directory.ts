import type { Environment } from '../engine/environment.js';
import { recordsOf } from '../model/pool-records.js';
import type { RecordMap } from '../model/record-map.js';
import type { RecordChange } from '../model/unit-of-work.js';
import { GroupCommit } from './group-commit.js';
import { keptPools } from './kept-pools.js';
import { damaged, LevelStore } from './level-store.js';
import { readPoolsFile, retirePoolsFile } from './pools-file.js';
import { restorePools } from './restore-pools.js';

/** Keeps every record of an environment in a directory. All of them are in memory too, so that no read waits for it. */
export class DataDirectory {
  private constructor(
    private readonly store: LevelStore,
    private readonly commits: GroupCommit,
  ) {}

  /**
   * Restores what a directory keeps; the changes of later units of work are stored there.
   *
   * @param warn - called when changes cannot be stored.
   * @throws MandateArgumentError when the directory cannot be used, or what it keeps is damaged.
   */
  static async open(
    directory: string,
    environment: Environment,
    warn: (warning: string) => void,
  ): Promise<DataDirectory> {
    const store = await LevelStore.open(directory);
    try {
      const kept = await keptPools(store.records());
      if (kept === undefined || !restorePools(environment, kept)) {
        throw damaged(directory);
      }
      const commits = new GroupCommit(store, warn);
      await takeOver(directory, environment, commits, kept.pools.size === 0);
      environment.units.storeIn(commits);
      return new DataDirectory(store, commits);
    } catch (error) {
      await store.abandon();
      throw error;
    }
  }

  /** Stores what is left to store. */
  async close(): Promise<void> {
    // Whether it fails is in the log already.
    await this.commits.durable().catch(() => undefined);
    await this.store.close();
  }
}

/** Takes over what an earlier version has kept, once. */
async function takeOver(
  directory: string,
  environment: Environment,
  commits: GroupCommit,
  isNew: boolean,
): Promise<void> {
  const earlier = await readPoolsFile(directory);
  if (earlier === undefined) {
    return;
  }
  if (isNew) {
    restorePools(environment, earlier);
    commits.add(everything(environment));
    await commits.durable();
  }
  await retirePoolsFile(directory);
}

function everything({ pools, keys }: Environment): RecordChange[] {
  const kinds: RecordMap<unknown>[] = pools.all().flatMap((pool) => recordsOf(pool).map(([, records]) => records));
  return [pools.records as RecordMap<unknown>, keys.records as RecordMap<unknown>, ...kinds].flatMap((records) =>
    [...records.keys()].map((key) => ({ key: `${records.path}${key}`, text: records.textOf(key) })),
  );
}
