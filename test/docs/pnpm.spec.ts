import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, rowsOf } from './support/page.js';

const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};

describe('docs/how-to/pnpm.md', () => {
  const rows = rowsOf('how-to/pnpm.md', 'Peer').map(([cell = '']) => cell.replaceAll('`', '').split(', '));

  it('names every peer, the optional ones from the third row on', () => {
    expect(rows.flat().sort()).toEqual(Object.keys(peerDependencies).sort());
    expect(rows.slice(2).flat().sort()).toEqual(Object.keys(peerDependenciesMeta).sort());
  });
});
