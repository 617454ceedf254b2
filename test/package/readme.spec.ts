import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { codeBlocksOf } from '../../.ci/docs/code-blocks.mjs';
import { sourceOf } from '../../.ci/docs/code-source.mjs';
import { root } from './packed-app.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = codeBlocksOf(readme);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };

// That its links to the documentation lead to pages is checked by `npm run check:docs`.
describe('README.md', () => {
  it('can be read in five minutes', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(250);
  });

  it('shows the code of the samples and tests, to the letter', () => {
    const shown = blocks.filter(({ source }) => source !== undefined);
    expect(shown.length).toBeGreaterThan(3);
    for (const { source = '', code } of shown) {
      expect({ source, code }).toEqual({ source, code: sourceOf(root, source) });
    }
  });

  it('shows no code that is not tested', () => {
    // The JSON is what the first guarded route answers: readme-apps.spec.ts compares it.
    const untested = blocks.filter(
      ({ source, language }) => source === undefined && !/^(sh|text|json)$/.test(language),
    );
    expect(untested).toEqual([]);
  });

  it('has no link that is dead on npm: whole addresses and anchors of its own', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    const anchors = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => `#${anchorOf(heading)}`);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !link.startsWith('https://') && !anchors.includes(link))).toEqual([]);
  });

  it('names only commands that package.json has', () => {
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

/** As GitHub and npm make it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
