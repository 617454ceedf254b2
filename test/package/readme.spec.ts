import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readmeFiles } from './packed-app.js';

const root = join(__dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('README.md', () => {
  it("shows the samples' code, to the letter", async () => {
    const files = await readmeFiles();
    expect(Object.keys(files).length).toBeGreaterThan(2);
    for (const [path, code] of Object.entries(files)) {
      expect({ path, code }).toEqual({ path, code: readFileSync(join(root, path), 'utf8') });
    }
  });

  it('names only files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
