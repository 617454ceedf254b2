import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { codesIn, root, rowsOf } from './support/page.js';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe('docs/concepts/performance.md', () => {
  it('promises what the benches require', () => {
    const rows = rowsOf('concepts/performance.md', 'what').filter((row) => row.length === 3);
    expect(rows.length).toBeGreaterThan(8);
    for (const [, promise, bench] of rows) {
      const script = scripts[(codesIn(bench)[0] ?? '').replace('npm run ', '')] ?? '';
      const source = readFileSync(join(root, /test\/bench\/\w+\.ts/.exec(script)?.[0] ?? 'no bench'), 'utf8');
      const requirements = [...source.matchAll(/requirement: ?\s*(['"`])(.*?)\1,/g)].map(([, , text]) => text);
      const [figure = ''] = codesIn(promise);
      expect([figure, requirements.some((text) => text?.includes(figure))]).toEqual([figure, true]);
    }
  });
});
