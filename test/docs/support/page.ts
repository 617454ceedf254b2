import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..', '..');

/** A table of a page, with the heading that it stands under. */
export interface PageTable {
  readonly section: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function textOf(page: string): string {
  return readFileSync(join(root, 'docs', page), 'utf8');
}

/** The tables of a page, outside its blocks of code. */
export function tablesOf(page: string): PageTable[] {
  const tables: PageTable[] = [];
  let section = '';
  let rows: string[][] = [];
  for (const line of `${withoutCode(textOf(page))}\n`.split('\n')) {
    if (line.startsWith('|')) {
      rows.push(cellsOf(line));
      continue;
    }
    const [head, , ...body] = rows;
    if (head !== undefined) {
      tables.push({ section, head, rows: body });
      rows = [];
    }
    section = /^#+ (.+)$/.exec(line)?.[1] ?? section;
  }
  return tables;
}

/** The rows of all tables whose first column has this title. */
export function rowsOf(page: string, firstColumn: string): (readonly string[])[] {
  const rows = tablesOf(page)
    .filter(({ head }) => head[0] === firstColumn)
    .flatMap((table) => table.rows);
  if (rows.length === 0) {
    throw new Error(`${page} has no table "${firstColumn}".`);
  }
  return rows;
}

/** The code in a cell: `a` of "`a`, also \`b\`". */
export function codesIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The first code of each row's first cell. */
export function namesOf(rows: readonly (readonly string[])[]): string[] {
  return rows.map(([cell]) => codesIn(cell)[0] ?? `no code in "${cell ?? ''}"`);
}

export function withoutCode(text: string): string {
  return text.replaceAll(/^```\w*\n[\s\S]*?^```$/gm, '');
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
}
