import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ERROR_STATUS } from '../../lib/errors/error-codes.js';
import { codesIn, root, textOf, withoutCode } from './support/page.js';
import { textsOf } from './support/source-text.js';

const PAGE = 'troubleshooting.md';
const page = withoutCode(textOf(PAGE));

/** A symptom: what stands under a heading. */
interface Symptom {
  readonly title: string;
  readonly text: string;
  /** Whose message it is; this package's and Cognito's own without a name. */
  readonly origin: string | undefined;
  /** The messages that it quotes: code with a space. */
  readonly quotes: readonly string[];
}

const symptoms: readonly Symptom[] = page
  .split(/^### /m)
  .slice(1)
  .map((part) => {
    const [title = '', ...lines] = part.split(/^## /m)[0]?.split('\n') ?? [];
    const text = lines.join('\n');
    const [, origin, seen = ''] = /\*\*You see(?:\*\* \((\w+)\):|:\*\*) ([\s\S]*?)\n\n/.exec(text) ?? [];
    return { title, text, origin, quotes: codesIn(seen).filter((code) => code.includes(' ')) };
  });

/** Prints a bundle of a CommonJS module that requires another. Not in this process: esbuild refuses Jest's globals. */
const BUNDLE = `require('esbuild').buildSync({
  stdin: { contents: 'module.exports = require("node:fs")' },
  bundle: true, format: 'esm', write: false, external: ['node:fs'],
}).outputFiles[0].text`;

/** Messages of others, by the tool that writes them. */
const FOREIGN: Readonly<Record<string, () => string>> = {
  Nest: () => read('node_modules/@nestjs/core/errors/messages.js'),
  TypeScript: () => read('node_modules/typescript/lib/typescript.js').replaceAll("\\'", "'"),
  // Its own message since Jest 30; before it was what Node says of the script.
  Jest: () =>
    read('node_modules/jest-runtime/build/index.js') + failureOf('new (require("vm").Script)("import a from \'b\'")'),
  Node: () => failureOf('import { nothing } from "node:crypto"', '--input-type=module'),
  esbuild: () =>
    execFileSync(process.execPath, ['-p', BUNDLE], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
};

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** What Node prints about a program that fails. */
function failureOf(program: string, ...options: string[]): string {
  try {
    execFileSync(process.execPath, [...options, '-e', program], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

describe('docs/troubleshooting.md', () => {
  it('has many symptoms, each with its cause and its remedy', () => {
    expect(symptoms.length).toBeGreaterThanOrEqual(30);
    const incomplete = symptoms.filter(
      ({ text }) => !text.includes('**You see') || !text.includes('**Cause:** ') || !text.includes('**Remedy:** '),
    );
    expect(incomplete.map(({ title }) => title)).toEqual([]);
    expect(new Set(symptoms.map(({ title }) => title.toLowerCase())).size).toBe(symptoms.length);
  });

  it('quotes messages that this package, or its Cognito, has', () => {
    const texts = textsOf('lib');
    const own = symptoms.filter(({ origin }) => origin === undefined);
    const unknown = own.flatMap(({ title, quotes }) =>
      quotes.filter((quote) => !texts.includes(quote)).map((quote) => `${title}: ${quote}`),
    );
    expect(unknown).toEqual([]);
    expect(own.flatMap(({ quotes }) => quotes).length).toBeGreaterThan(20);
  });

  it.each(symptoms.flatMap(({ origin, title, quotes }) => (origin === undefined ? [] : [{ origin, title, quotes }])))(
    'quotes messages that $origin has: $title',
    ({ origin, quotes }) => {
      const text = FOREIGN[origin]?.() ?? '';
      expect(quotes.length).toBeGreaterThan(0);
      expect(quotes.filter((quote) => !text.includes(quote))).toEqual([]);
    },
  );

  it('links each code to its entry, with the status of the code', () => {
    const errors = textOf('reference/errors.md');
    const links = [...page.matchAll(/(?:(\d{3}) )?\[`([A-Z_]+)`\]\(reference\/errors\.md#([A-Z_]+)\)/g)];
    expect(links.length).toBeGreaterThan(40);
    for (const [link, status, code = '', anchor] of links) {
      expect([link, anchor, Object.hasOwn(ERROR_STATUS, code)]).toEqual([link, code, true]);
      expect(errors).toMatch(new RegExp(`^### ${code}$`, 'm'));
      if (status !== undefined) {
        expect([link, Number(status)]).toEqual([link, ERROR_STATUS[code as keyof typeof ERROR_STATUS]]);
      }
    }
  });
});
