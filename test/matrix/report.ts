import type { Cell, Row } from './run-matrix.js';

/** The table as lines of text: rows of cells that are aligned, or Markdown. */
export function table(rows: readonly Row[], markdown: boolean): string {
  const nodes = rows[0]?.cells.map(({ node }) => `Node ${node.fullVersion}`) ?? [];
  const header = ['Nest', 'installed by', 'what runs', ...nodes];
  const lines = rows.map(({ application, check, cells }) => [
    String(application.nest),
    application.manager,
    check,
    ...cells.map(outcomeOf),
  ]);
  return markdown ? asMarkdown(header, lines) : aligned([header, ...lines]);
}

/** What went wrong, in full; a failure of a whole row is said once. */
export function failures(rows: readonly Row[]): string[] {
  return rows.flatMap(({ application, check, cells }) => {
    const failed = cells.filter(({ failure }) => failure !== undefined);
    const different = [...new Set(failed.map(({ failure }) => failure))];
    return different.map((failure) => {
      const nodes = failed.filter((cell) => cell.failure === failure).map(({ node }) => node.fullVersion);
      const where = `Nest ${application.nest}, ${application.manager}, ${check}, Node ${nodes.join(', ')}`;
      return `${where}:\n${failure?.message ?? ''}`;
    });
  });
}

function outcomeOf({ failure, milliseconds }: Cell): string {
  return failure === undefined ? `ok ${(milliseconds / 1000).toFixed(1)} s` : `FAILED: ${firstLineOf(failure)}`;
}

/** The line that names the error, where a program printed more. */
function firstLineOf({ message }: Error): string {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.find((text) => /^(\w*Error|\[\w+\]|error)\b.*:|● /.test(text)) ?? lines[0] ?? 'no message';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function asMarkdown(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(header), row(header.map(() => '---')), ...lines.map(row)].join('\n');
}
