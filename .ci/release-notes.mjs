// Prints what CHANGELOG.md says of the version of package.json.
import { readFileSync } from 'node:fs';

import { notesOf } from './release/changelog.mjs';

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const { version } = JSON.parse(read('package.json'));
const notes = notesOf(read('CHANGELOG.md'), version);
if (notes === undefined) {
  console.error(`CHANGELOG.md has no section of ${version} with a date.`);
  process.exitCode = 1;
} else {
  console.log(notes);
}
