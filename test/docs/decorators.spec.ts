import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { ERROR_STATUS } from '../../lib/errors/error-codes.js';
import { PUBLIC_NAMES } from '../public-names.js';
import { membersOf, parse } from './support/declarations.js';
import { codesIn, root, rowsOf, tablesOf } from './support/page.js';

const PAGE = 'reference/decorators.md';
const FOLDER = 'lib/auth/decorators';
const HTTP = ['lib/http/session/session.decorator.ts', 'lib/http/api/auth-call.decorator.ts'];

/** An exported function or constant with the name of a decorator, and the text around it. */
interface Declared {
  readonly name: string;
  readonly text: string;
}

const declared = [...readdirSync(join(root, FOLDER)).map((file) => `${FOLDER}/${file}`), ...HTTP].flatMap(decoratorsIn);

/** Exports that begin with a capital letter: functions and constants, and the variants of a constant. */
function decoratorsIn(file: string): Declared[] {
  const source = parse(file);
  const text = source.getFullText();
  return source.statements.filter(isExported).flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement)) {
      return statement.name && /^[A-Z]/.test(statement.name.text) ? [{ name: statement.name.text, text }] : [];
    }
    if (!ts.isVariableStatement(statement)) {
      return [];
    }
    return statement.declarationList.declarations.flatMap((declaration) => {
      const name = declaration.name.getText();
      const { type } = declaration;
      const variants = type && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isMethodSignature) : [];
      return [{ name, text }, ...variants.map((each) => ({ name: `${name}.${each.name.getText()}`, text }))];
    });
  });
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

const decoratorTables = tablesOf(PAGE).filter(({ head }) => head[0] === 'decorator');
const nameOf = (row: readonly string[]) => (codesIn(row[0])[0] ?? '').replace('@', '');
const access = decoratorTables.filter(({ head }) => head[3] === 'refusal').flatMap(({ rows }) => rows);
const shown = decoratorTables.flatMap(({ rows }) => rows);

describe('docs/reference/decorators.md', () => {
  it('has a row for each decorator, and no other', () => {
    const injecting = [...PUBLIC_NAMES['index.ts'], ...PUBLIC_NAMES['http/index.ts']].filter((name) =>
      name.startsWith('Inject'),
    );
    expect(shown.map(nameOf).sort()).toEqual([...declared.map(({ name }) => name), ...injecting].sort());
    expect(declared.length).toBeGreaterThan(17);
  });

  it('names the entries that export them', () => {
    const entries: Readonly<Record<string, readonly string[]>> = {
      mandate: PUBLIC_NAMES['index.ts'],
      'mandate/http': PUBLIC_NAMES['http/index.ts'],
    };
    const rows = decoratorTables.filter(({ head }) => head[1] === 'entry').flatMap((table) => table.rows);
    expect(rows.filter((row) => entries[codesIn(row[1])[0] ?? '']?.includes(nameOf(row)) !== true)).toEqual([]);
    const names = access.map((row) => nameOf(row).replace(/\..*/, ''));
    expect(names.filter((name) => !(PUBLIC_NAMES['index.ts'] as readonly string[]).includes(name))).toEqual([]);
  });

  it('has the status of each refusal, and a code that the decorator documents', () => {
    const refusals = access.flatMap((row) => {
      const [, status, code = ''] = /^(\d{3}) `([A-Z_]+)`/.exec(row[3] ?? '') ?? [];
      return status === undefined ? [] : [{ name: nameOf(row), status: Number(status), code }];
    });
    expect(refusals).toHaveLength(access.length - 1); // @Public refuses nobody
    for (const { name, status, code } of refusals) {
      const { text = '' } = declared.find((each) => each.name === name) ?? {};
      expect([name, code, status, text.includes(code)]).toEqual([
        name,
        code,
        ERROR_STATUS[code as keyof typeof ERROR_STATUS],
        true,
      ]);
    }
  });

  it('has the members of @Auth', () => {
    const members = membersOf(`${FOLDER}/auth.decorator.ts`, 'AuthRequirements').map(({ name }) => name);
    const rows = rowsOf(PAGE, 'member of `@Auth`');
    expect(rows.map(([cell]) => codesIn(cell)[0]).sort()).toEqual(members.sort());
    const names = new Set(declared.map(({ name }) => `@${name}`));
    expect(rows.filter(([, as]) => !names.has(codesIn(as)[0] ?? ''))).toEqual([]);
  });

  it('names only classes that are exported', () => {
    const names = rowsOf(PAGE, 'class').map(([cell]) => codesIn(cell)[0] ?? '');
    expect(names.filter((name) => !(PUBLIC_NAMES['index.ts'] as readonly string[]).includes(name))).toEqual([]);
  });
});
