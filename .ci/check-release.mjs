// Refuses a release whose tag, package.json and CHANGELOG.md do not agree, before anything is published.
// Usage: node .ci/check-release.mjs v1.2.3 owner/name
import { readdirSync, readFileSync } from 'node:fs';

import { notesOf } from './release/changelog.mjs';

const [tag = '', repository = ''] = process.argv.slice(2);
const inRoot = (path) => new URL(`../${path}`, import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(inRoot(path), 'utf8'));
const manifest = readJson('package.json');
const lock = readJson('package-lock.json');
const changesets = readdirSync(inRoot('.changeset')).filter((file) => file.endsWith('.md') && file !== 'README.md');

const faults = [];
if (tag !== `v${manifest.version}`) {
  faults.push(`The tag is "${tag}", but package.json has version ${manifest.version}: tag it v${manifest.version}.`);
}
if (lock.version !== manifest.version || lock.packages[''].version !== manifest.version) {
  faults.push(`package-lock.json has version ${lock.version}, package.json ${manifest.version}: run "npm install".`);
}
if (notesOf(readFileSync(inRoot('CHANGELOG.md'), 'utf8'), manifest.version) === undefined) {
  faults.push(`CHANGELOG.md has no heading "## ${manifest.version} - YYYY-MM-DD": "npm run version" writes it.`);
}
if (changesets.length > 0) {
  faults.push(`Changesets wait for a version: ${changesets.join(', ')}. Run "npm run version" first.`);
}
// npm accepts a provenance statement only if package.json names the repository that publishes.
if (manifest.repository.url !== `git+https://github.com/${repository}.git`) {
  faults.push(`package.json names the repository ${manifest.repository.url}, but this is ${repository}: correct it.`);
}
for (const fault of faults) {
  console.error(fault);
}
process.exitCode = faults.length === 0 ? 0 : 1;
