// Bundles the compiled modules of each entry into few files. An ES module costs Node about half a millisecond to find,
// read and link, and the root entry reaches more than 160 of them. Declarations stay as they are, a file each.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { './browser': page, ...others } = exports;
const schematics = ['./dist/schematics/nest-add.js'];
const entries = [...Object.values(others).map((entry) => entry.default), ...Object.values(bin), ...schematics].filter(
  Boolean,
);

const shared = {
  absWorkingDir: root,
  outbase: dist,
  outdir: dist,
  bundle: true,
  format: 'esm',
  sourcemap: true,
  sourcesContent: false,
  write: false,
};
const forNode = await build({
  ...shared,
  entryPoints: entries,
  splitting: true,
  // Packages stay imports: Nest has to be the application's own, and optional ones are loaded when first needed.
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  // Nest shows class names in its errors and derives nothing from them; two modules may declare the same name.
  keepNames: true,
  chunkNames: 'chunks/[hash]',
});
// A page loads the client as one file, with or without a bundler of its own: nothing in it may be an import.
const forPages = await build({
  ...shared,
  entryPoints: [page.default],
  platform: 'browser',
  target: 'es2022',
  minify: true,
});
const warnings = [...forNode.warnings, ...forPages.warnings];
if (warnings.length > 0) {
  throw new Error(warnings.map(({ text }) => text).join('\n'));
}

for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (/\.js(\.map)?$/.test(file)) {
    rmSync(join(dist, file));
  }
}
for (const { path, contents } of [...forNode.outputFiles, ...forPages.outputFiles]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
