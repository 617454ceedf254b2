// Refuses a release whose tag, package.json and CHANGELOG.md do not agree, before anything is published.
// Usage: node .ci/check-release.mjs v1.2.3 owner/name
import { readFileSync } from 'node:fs';

const [tag = '', repository = ''] = process.argv.slice(2);
const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));
const changelog = read('CHANGELOG.md');

const faults = [];
if (tag !== `v${manifest.version}`) {
  faults.push(`The tag is "${tag}", but package.json has version ${manifest.version}: tag it v${manifest.version}.`);
}
if (!new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')} - \\d{4}-\\d{2}-\\d{2}$`, 'm').test(changelog)) {
  faults.push(`CHANGELOG.md has no heading "## ${manifest.version} - YYYY-MM-DD": date the release there.`);
}
// npm accepts a provenance statement only if package.json names the repository that publishes.
if (manifest.repository.url !== `git+https://github.com/${repository}.git`) {
  faults.push(`package.json names the repository ${manifest.repository.url}, but this is ${repository}: correct it.`);
}
for (const fault of faults) {
  console.error(fault);
}
process.exitCode = faults.length === 0 ? 0 : 1;
