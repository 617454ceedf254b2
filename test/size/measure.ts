import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import type { Entry } from './entries.js';

/** What an entry costs. */
export interface EntrySize {
  /** Our own code that the entry can reach, minified; packages are not in it. */
  readonly bytes: number;
  readonly gzip: number;
  /** How many of our own files an import of it loads. */
  readonly modules: number;
  /** The packages that our own files import at once. */
  readonly imported: readonly string[];
  /** These, and all that they load. */
  readonly packages: readonly string[];
}

export async function measure(folder: string, entry: Entry): Promise<EntrySize> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry.file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // esbuild warns of imports that it leaves out because nothing of them is used.
    logLevel: 'error',
    write: false,
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const program = join(import.meta.dirname, 'loaded.mjs');
  const printed = execFileSync(process.execPath, ['--no-warnings', program, folder, entry.file], { encoding: 'utf8' });
  const loaded = JSON.parse(printed) as Pick<EntrySize, 'modules' | 'imported' | 'packages'>;
  return { bytes: code.length, gzip: gzipSync(code, { level: 9 }).length, ...loaded };
}
