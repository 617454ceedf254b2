import { join } from 'node:path';

import { build } from 'esbuild';

/** The client as a page receives it: one minified module. With it, the files that it is made of. */
export async function bundleClient(): Promise<{ readonly code: string; readonly inputs: readonly string[] }> {
  const root = join(__dirname, '..', '..', '..');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['lib/browser/index.ts'],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    metafile: true,
    write: false,
  });
  return { code: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) };
}
