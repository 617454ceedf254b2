import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packagesOf } from './support/import-graph.js';
import { codesIn, namesOf, root, rowsOf } from './support/page.js';

const PAGE = 'reference/entries.md';
/** What one entry loads later and the table of entries names for another. */
const AT_ONCE_ELSEWHERE = ['class-transformer'];
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { default: string }>;
};

/** The source of each entry, by its name. */
const entries = new Map(
  Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string'
      ? []
      : [[path.replace('.', 'mandate'), target.default.replace('./dist/', '').replace(/\.js$/, '.ts')]],
  ),
);

describe('docs/reference/entries.md', () => {
  const rows = rowsOf(PAGE, 'entry');

  it('has a row for each entry, and no other', () => {
    expect(namesOf(rows).sort()).toEqual([...entries.keys()].sort());
  });

  it.each([...entries])('names the packages that %s loads', (entry, file) => {
    const [, , packages] = rows.find(([name]) => codesIn(name)[0] === entry) ?? [];
    expect(codesIn(packages).sort()).toEqual(packagesOf(file).loaded);
  });

  it('names the packages that are loaded later', () => {
    const later = new Set([...entries.values()].flatMap((file) => packagesOf(file).later));
    expect([...later].sort()).toEqual([...new Set([...namesOf(rowsOf(PAGE, 'package')), ...AT_ONCE_ELSEWHERE])].sort());
  });
});
