// `npm run changeset -- minor "What changes for users."`: writes a file in .changeset, to be committed with the change.
import { fileURLToPath } from 'node:url';

import { writeChangeset } from './release/plan.mjs';

const KINDS = ['major', 'minor', 'patch'];
const [kind = '', ...words] = process.argv.slice(2);
const summary = words.join(' ').trim();

if (!KINDS.includes(kind) || summary === '') {
  console.error('Usage: npm run changeset -- <major | minor | patch> "What changes for users."');
  process.exitCode = 1;
} else {
  const root = fileURLToPath(new URL('../', import.meta.url));
  console.log(`Wrote ${await writeChangeset(root, kind, summary)}. Commit it with the change.`);
}
