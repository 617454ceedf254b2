import { type Document, LineCounter, parseDocument, visit } from 'yaml';

import { TextError } from './text-error.js';

/** Parses one document of YAML 1.2. @throws TextError */
export function parseYaml(text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) {
    throw new TextError(error.message.split('; please')[0] ?? '', positionAt(lines, error.pos[0]));
  }
  checkAliases(document, lines);
  return document.toJS() as unknown;
}

/** The library itself does not say where an alias without an anchor is. */
function checkAliases(document: Document.Parsed, lines: LineCounter): void {
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined) {
        throw new TextError(`There is no anchor "${alias.source}"`, positionAt(lines, alias.range?.[0] ?? 0));
      }
    },
  });
}

function positionAt(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
