// `npm run docs:fill`: copies the code of samples and tests into README.md and docs/, to each block of code that stands
// under a comment `<!-- path/of/the/file.ts -->` or `<!-- path/of/the/file.ts#region -->`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { fillCodeBlocks } from './code-blocks.mjs';
import { sourceOf } from './code-source.mjs';
import { pagesOf } from './markdown-files.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

for (const page of ['README.md', ...pagesOf(root)]) {
  const text = readFileSync(join(root, page), 'utf8');
  try {
    const filled = fillCodeBlocks(text, (source) => sourceOf(root, source));
    if (filled !== text) {
      writeFileSync(join(root, page), filled);
      console.log(`Filled ${page}.`);
    }
  } catch (error) {
    console.error(`${page}: ${error.message}`);
    process.exitCode = 1;
  }
}
