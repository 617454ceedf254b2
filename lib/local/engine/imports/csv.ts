/** A line of a CSV file. */
export interface CsvRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Number of characters. */
  readonly length: number;
}

/**
 * Reads CSV (RFC 4180) one row at a time. As in the files of Cognito, a backslash before a comma makes it part of the
 * value. Empty lines are left out.
 *
 * @throws SyntaxError for a quotation mark that nothing closes.
 */
export function* readCsv(text: string): Generator<CsvRow> {
  let line = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const { cells, end, lines } = readRow(text, at);
    if (cells.length > 1 || cells[0] !== '') {
      yield { line, cells, length: end - at };
    }
    line += lines;
    at = end;
  }
}

function readRow(text: string, start: number): { readonly cells: string[]; readonly end: number; lines: number } {
  const cells: string[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
    cells.push(cell.value);
    lines += cell.lineBreaks;
    at = cell.end;
    if (text[at] !== ',') {
      const lineBreak = text.startsWith('\r\n', at) ? 2 : 1;
      return { cells, end: Math.min(at + lineBreak, text.length), lines };
    }
    at += 1;
  }
}

interface Cell {
  readonly value: string;
  readonly end: number;
  readonly lineBreaks: number;
}

function readPlain(text: string, start: number): Cell {
  const parts: string[] = [];
  let from = start;
  let at = start;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') {
    if (text[at] === '\\' && text[at + 1] === ',') {
      parts.push(text.slice(from, at));
      from = at + 1;
      at += 1;
    }
    at += 1;
  }
  return { value: parts.join('') + text.slice(from, at), end: at, lineBreaks: 0 };
}

function readQuoted(text: string, start: number): Cell {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) {
      throw new SyntaxError('A quotation mark is not closed.');
    }
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      const after = readPlain(text, quote + 1);
      const value = parts.join('') + after.value;
      return { value, end: after.end, lineBreaks: value.split('\n').length - 1 };
    }
    parts.push('"');
    from = quote + 2;
  }
}
