import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sourceOf } from '../../.ci/docs/code-source.mjs';
import { ERROR_STATUS } from '../../lib/errors/error-codes.js';
import { readmeFiles } from './packed-app.js';

const root = join(__dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('README.md', () => {
  it('shows the code of the samples and tests, to the letter', async () => {
    for (const [source, code] of Object.entries(await readmeFiles())) {
      expect({ source, code }).toEqual({ source, code: sourceOf(root, source) });
    }
  });

  it('shows no code that is not tested', async () => {
    const blocks = readme.match(/^```ts$/gm) ?? [];
    expect(Object.keys(await readmeFiles())).toHaveLength(blocks.length);
    expect(blocks.length).toBeGreaterThan(8);
  });

  it('has a list of contents that is the page, in its order', () => {
    const anchors = [...readme.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor);
    const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
    const sections = headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect([...new Set(anchors)]).toEqual(sections);
  });

  it('names only files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names only error codes that exist, with their HTTP status', () => {
    const rows = [...readme.matchAll(/^\|[^|]+\| +(`[A-Z_]+`(?:, `[A-Z_]+`)*) +\| (\d{3}) +\|$/gm)];
    const named = rows.flatMap(([, codes = '', status]) =>
      codes.split(', ').map((code) => [code.replaceAll('`', ''), Number(status)] as const),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(([code, status]) => (ERROR_STATUS as Record<string, number>)[code] !== status)).toEqual([]);
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
