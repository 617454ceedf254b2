import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

import { median } from '../bench/median.js';
import type { MeasuredPackage } from './entries.js';

/** What imports cost: milliseconds beyond those of a Node that imports nothing. */
export interface StartUp {
  readonly entries: ReadonlyMap<string, number>;
  /** The same of `@nestjs/core`, in the same run. */
  readonly nest: number;
}

/**
 * Starts plain Node processes that import the entries, in turns. The times say little on a busy machine, the ratios more.
 *
 * @param rounds - the median of them counts.
 */
export function measureStartUp({ folder, entries }: MeasuredPackage, rounds: number): StartUp {
  const imports = new Map([
    ['nothing', ''],
    ['@nestjs/core', `await import('@nestjs/core')`],
    ...entries.map(({ key, file }) => {
      const url = pathToFileURL(join(folder, file)).href;
      return [key, `await import(${JSON.stringify(url)})`] as const;
    }),
  ]);
  const times = new Map([...imports.keys()].map((key) => [key, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [key, code] of imports) {
      times.get(key)?.push(timeOf(folder, code));
    }
  }
  const base = median(times.get('nothing') ?? []);
  const added = (key: string) => median(times.get(key) ?? []) - base;
  return { entries: new Map(entries.map(({ key }) => [key, added(key)])), nest: added('@nestjs/core') };
}

function timeOf(folder: string, code: string): number {
  const begun = performance.now();
  execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', code], { cwd: folder });
  return performance.now() - begun;
}
