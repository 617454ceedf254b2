import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { root, sourceOf } from './packed-app.js';

const folder = join(root, 'docs');
const pages = readdirSync(folder).filter((file) => file.endsWith('.md'));

interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** The file that the comment above it names. */
  readonly source: string | undefined;
}

function codeBlocksOf(page: string): CodeBlock[] {
  const text = readFileSync(join(folder, page), 'utf8');
  const blocks = text.matchAll(/(?:<!-- (\S+) -->\n+)?```(\w+)\n([\s\S]*?)```/g);
  return [...blocks].map(([, source, language = '', code = '']) => ({ source, language, code }));
}

describe.each(pages)('docs/%s', (page) => {
  it('shows the code of samples and tests, to the letter', async () => {
    for (const { source, code } of codeBlocksOf(page).filter((block) => block.source !== undefined)) {
      expect({ source, code }).toEqual({ source, code: await sourceOf(source ?? '') });
    }
  });

  it('shows no code that is not tested', () => {
    const untested = codeBlocksOf(page).filter(({ source, language }) => source === undefined && language !== 'sh');
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
