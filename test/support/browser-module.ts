import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';

/** Builds `mandate/browser` from its source. Returns a folder with the one module that pages load. */
export async function buildBrowserModule(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-browser-'));
  await build({
    entryPoints: [join(__dirname, '..', '..', 'lib', 'browser', 'index.ts')],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
  });
  return folder;
}
