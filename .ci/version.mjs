// `npm run version`: makes the next version of the changesets: package.json, package-lock.json and CHANGELOG.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { withRelease } from './release/changelog.mjs';
import { releasePlan } from './release/plan.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

try {
  await makeVersion();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function makeVersion() {
  const { release, changesets, apply } = await releasePlan(root);
  if (release === undefined) {
    throw new Error('There is no changeset, so there is no new version. `npm run changeset` writes one.');
  }
  const version = release.newVersion;
  const changes = changesets.map(({ releases: [{ type: kind }], summary: text }) => ({ kind, text }));
  const date = new Date().toISOString().slice(0, 10);
  const changelog = withRelease(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), { version, date, changes });
  await apply();
  writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  setLockedVersion(version);
  console.log(`${release.oldVersion} -> ${version}`);
}

/** As `npm install` would; without the registry. */
function setLockedVersion(version) {
  const path = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  lock.version = version;
  lock.packages[''].version = version;
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
}
