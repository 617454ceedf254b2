import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { codeBlocksOf } from '../../.ci/docs/code-blocks.mjs';
import { sourceOf } from '../../.ci/docs/code-source.mjs';
import { frontMatterOf } from '../../.ci/docs/front-matter.mjs';
import { pagesOf } from '../../.ci/docs/markdown-files.mjs';
import { COMMANDS } from '../../lib/cli/commands.js';
import { root } from './packed-app.js';

const pages = pagesOf(root);
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

/** Commands, what programs print, and pictures. All other code is that of a file which something runs or reads. */
const WITHOUT_SOURCE = ['sh', 'text', 'mermaid'];

/** Scripts of an application that the Nest CLI has made, which the pages use, too. */
const NEST_SCRIPTS = ['build', 'start', 'start:dev', 'start:prod', 'test', 'test:e2e'];

it('finds the pages', () => {
  expect(pages).toContain('docs/index.md');
  expect(pages).toContain('docs/reference/errors.md');
  expect(pages.filter((page) => page.startsWith('docs/api/'))).toEqual([]);
});

// The links of the built site, with their anchors, are checked by `npm run check:docs`.
describe.each(pages)('%s', (page) => {
  const blocks = codeBlocksOf(textOf(page));

  it('says its title, description and place', () => {
    expect(() => frontMatterOf(page, textOf(page))).not.toThrow();
  });

  it('shows the code of samples and tests, to the letter', () => {
    for (const { source, code } of blocks.filter((block) => block.source !== undefined)) {
      expect({ source, code }).toEqual({ source, code: sourceOf(root, source ?? '') });
    }
  });

  it('has a block of code below each comment that names a source', () => {
    const named = [...textOf(page).matchAll(/^ *<!-- (\S+\.\w+(?:#[\w-]+)?) -->$/gm)].map(([, source]) => source);
    expect(blocks.flatMap(({ source }) => source ?? [])).toEqual(named);
  });

  it('shows no code that is not tested', () => {
    const untested = blocks.filter(
      ({ source, language }) => source === undefined && !WITHOUT_SOURCE.includes(language),
    );
    expect(untested).toEqual([]);
  });

  it('names no script that neither package.json nor a new Nest application has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const shell = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);
    const named = shell.flatMap((code) => [...code.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name));
    expect(named.filter((name) => !(name in scripts) && !NEST_SCRIPTS.includes(name))).toEqual([]);
  });

  it('names no command of the program mandate, and no option, that does not exist', async () => {
    const calls = [...textOf(page).matchAll(/\bnpx mandate (\w[\w-]*)([^\n`]*)/g)];
    for (const [call, name = '', rest = ''] of calls) {
      const command = await COMMANDS[name]?.load();
      const options = [...rest.matchAll(/(?<=\s)--([\w-]+)/g)].map(([, option = '']) => option);
      const unknown = options.filter((option) => command?.options[option] === undefined);
      expect({ call, isCommand: command !== undefined, unknown }).toEqual({ call, isCommand: true, unknown: [] });
    }
  });

  it('links to files of the repository that exist', () => {
    const links = textOf(page).matchAll(
      /https:\/\/github\.com\/mandate-nestjs\/mandate\/(?:tree|blob)\/main\/([^\s)#"']+)/g,
    );
    expect([...links].map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
