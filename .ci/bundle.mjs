// Bundles the compiled modules of each entry into few files. An ES module costs Node about half a millisecond to find,
// read and link, and the root entry reaches more than 160 of them. Declarations stay as they are, a file each.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = [...Object.values(exports).map((entry) => entry.default), ...Object.values(bin)].filter(Boolean);

const { outputFiles, warnings } = await build({
  absWorkingDir: root,
  entryPoints: entries,
  outbase: dist,
  outdir: dist,
  bundle: true,
  splitting: true,
  // Packages stay imports: Nest has to be the application's own, and optional ones are loaded when first needed.
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Nest shows class names in its errors and derives nothing from them; two modules may declare the same name.
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  chunkNames: 'chunks/[hash]',
  write: false,
});
if (warnings.length > 0) {
  throw new Error(warnings.map(({ text }) => text).join('\n'));
}

for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (/\.js(\.map)?$/.test(file)) {
    rmSync(join(dist, file));
  }
}
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
