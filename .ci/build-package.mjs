// Builds what is published: compiles lib/ into dist/, then bundles it. `npm start` takes it for its own build.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { BUNDLER, readSources, saveRecord } from './start/build-record.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const project = { root, folder: '', sources: 'lib', name: 'mandate' };
const sources = readSources(project);

const nest = fileURLToPath(new URL('../node_modules/@nestjs/cli/bin/nest.js', import.meta.url));
const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: 'inherit' });
if (status !== 0) {
  process.exit(status ?? 1);
}
await import('./bundle.mjs');
// What the Nest CLI reads of `nest add mandate`.
for (const file of ['collection.json', 'nest-add.schema.json']) {
  cpSync(new URL(`../lib/schematics/${file}`, import.meta.url), new URL(`../dist/schematics/${file}`, import.meta.url));
}
saveRecord(project, sources, BUNDLER);
