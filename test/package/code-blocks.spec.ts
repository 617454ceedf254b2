import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codeBlocksOf, fillCodeBlocks } from '../../.ci/docs/code-blocks.mjs';
import { sourceOf } from '../../.ci/docs/code-source.mjs';

describe('the source of a block of code', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'mandate-source-'));
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  function source(region: string | undefined, ...lines: string[]): string {
    writeFileSync(join(root, 'file'), [...lines, ''].join('\n'));
    return sourceOf(root, region === undefined ? 'file' : `file#${region}`);
  }

  it.each([
    ['TypeScript', '// #region one', '// #endregion'],
    ['YAML', '# #region one', '# #endregion'],
    ['HTML', '<!-- #region one -->', '<!-- #endregion -->'],
  ])('is a region of %s', (_language, start, end) => {
    expect(source('one', 'before', start, 'inside', end, 'after')).toBe('inside\n');
  });

  it('loses the indent that its lines share, whatever the indent of the comments', () => {
    expect(source('one', '  // #region one', '    if (a) {', '', '      b();', '    }', '  // #endregion')).toBe(
      'if (a) {\n\n  b();\n}\n',
    );
  });

  it('may have other regions inside, which leave no trace', () => {
    const lines = [
      '// #region one',
      'a',
      '// #region two-b',
      'b',
      '// #endregion two-b',
      'c',
      '// #endregion one',
      'd',
    ];
    expect(source('one', ...lines)).toBe('a\nb\nc\n');
    expect(source('two-b', ...lines)).toBe('b\n');
    expect(source(undefined, ...lines)).toBe('a\nb\nc\nd\n');
  });

  it('has to be there, once, with an end', () => {
    expect(() => sourceOf(root, 'nothing.ts')).toThrow('There is no file nothing.ts');
    expect(() => source('one', 'a')).toThrow('file has 0 regions "one"');
    expect(() => source('one', '// #region one', '// #endregion', '// #region one', '// #endregion')).toThrow(
      'file has 2 regions "one"',
    );
    expect(() => source('one', '// #region one', 'a')).toThrow('The region "one" of file has no #endregion.');
  });
});

describe('the blocks of code of a page', () => {
  const page = `Text.

<!-- a/file.ts#one -->

\`\`\`ts
old();
\`\`\`

- In a list:

  <!-- a/file.yml -->

  \`\`\`yaml
  old: 1

  more: 2
  \`\`\`

<!-- prettier-ignore -->

\`\`\`\`md
\`\`\`ts
inside();
\`\`\`
\`\`\`\`

\`\`\`
plain
\`\`\`
`;

  it('are found with their language and source', () => {
    expect(codeBlocksOf(page)).toEqual([
      { language: 'ts', source: 'a/file.ts#one', code: 'old();\n' },
      { language: 'yaml', source: 'a/file.yml', code: 'old: 1\n\nmore: 2\n' },
      { language: 'md', source: undefined, code: '```ts\ninside();\n```\n' },
      { language: 'text', source: undefined, code: 'plain\n' },
    ]);
  });

  it('are filled from their sources, and nothing else changes', () => {
    const sources: Record<string, string> = {
      'a/file.ts#one': "fresh('$&');\n",
      'a/file.yml': 'fresh: 1\n\nmore: 3\n',
    };
    expect(fillCodeBlocks(page, (source) => sources[source] ?? 'unknown')).toBe(
      page
        .replace('old();', () => "fresh('$&');")
        .replace('old: 1', 'fresh: 1')
        .replace('more: 2', 'more: 3'),
    );
  });
});
