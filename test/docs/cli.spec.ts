import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';

import { COMMANDS } from '../../lib/cli/commands.js';
import { commandHelp, explain, generalHelp, title } from '../../lib/cli/help.js';
import { root, tablesOf, textOf } from './support/page.js';

const PAGE = 'reference/cli.md';

/** The rows of the first table of a section. */
const rowsIn = (section: string) => tablesOf(PAGE).find((table) => table.section === section)?.rows ?? [];
/** Text as a table of Markdown has it, and as the terminal wraps it. */
const plain = (text: string) => text.replaceAll('`', '').replaceAll(/\s+/g, ' ');

describe('docs/reference/cli.md', () => {
  it('names each command as mandate --help does', () => {
    const rows = rowsIn('What can the command line do?').map(([name = '', text = '']) => [plain(name), text]);
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary])),
    );
    for (const { summary } of Object.values(COMMANDS)) {
      expect(plain(generalHelp())).toContain(summary);
    }
  });

  it.each(Object.keys(COMMANDS))('has the options of mandate %s, as its --help has them', async (name) => {
    const command = await COMMANDS[name]?.load();
    if (command === undefined) {
      throw new Error(`There is no command ${name}.`);
    }
    const expected = Object.entries(command.options).map(([option, rule]) => [
      title(option, rule),
      plain(explain(rule)),
    ]);
    expect(expected.length).toBeGreaterThan(3);
    expect(rowsIn(`mandate ${name}`).map((cells) => cells.map(plain))).toEqual(expected);
    const help = plain(commandHelp(name, command));
    for (const [option, text] of expected) {
      expect(help).toContain(`${option ?? ''} ${text ?? ''}`);
    }
  });

  it('has a heading for each check of the doctor, which its lines lead to', () => {
    const folder = join(root, 'lib/cli/doctor');
    const source = readFileSync(join(folder, 'finding.ts'), 'utf8');
    const [, union = ''] = /type CheckName =([^;]+);/.exec(source) ?? [];
    const checks = [...union.matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
    expect(checks.length).toBeGreaterThan(readdirSync(join(folder, 'checks')).length);
    const headings = [...textOf(PAGE).matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    expect([...headings].sort()).toEqual([...checks].sort());
  });
});
