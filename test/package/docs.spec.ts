import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { codeBlocksOf } from '../../.ci/docs/code-blocks.mjs';
import { sourceOf } from '../../.ci/docs/code-source.mjs';
import { root } from './packed-app.js';

const folder = join(__dirname, '../../docs');
const pages = readdirSync(folder).filter((file) => file.endsWith('.md'));
const blocksOf = (page: string) => codeBlocksOf(readFileSync(join(folder, page), 'utf8'));

describe.each(pages)('docs/%s', (page) => {
  it('shows the code of samples and tests, to the letter', () => {
    for (const { source, code } of blocksOf(page).filter((block) => block.source !== undefined)) {
      expect({ source, code }).toEqual({ source, code: sourceOf(root, source ?? '') });
    }
  });

  it('shows no code that is not tested', () => {
    const untested = blocksOf(page).filter(({ source, language }) => source === undefined && language !== 'sh');
    expect(untested).toEqual([]);
  });

  it('has links that lead somewhere', () => {
    const text = readFileSync(join(folder, page), 'utf8');
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link);
    const isBroken = (link: string): boolean =>
      link.startsWith('#')
        ? !headings.includes(link.slice(1))
        : !existsSync(join(dirname(join(folder, page)), link.replace(/#.*/, '')));
    expect(links.filter(isBroken)).toEqual([]);
  });
});
