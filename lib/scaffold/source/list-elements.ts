import type ts from 'typescript';

import { LINE_WIDTH } from './code-style.js';
import type { EditableSource } from './editable-source.js';

/** Appends an element to a list in the code. Comments, a trailing comma and the line breaks of the list stay. */
export function appendElement(source: EditableSource, list: ts.ArrayLiteralExpression, element: string): void {
  const code = source.text.slice(list.getStart(), list.getEnd());
  if (code.includes('\n')) {
    appendLine(source, list, element);
  } else if (!element.includes('\n') && fitsOnLine(source, list, element)) {
    appendInLine(source, list, element);
  } else {
    breakIntoLines(source, list, element);
  }
}

function fitsOnLine({ text }: EditableSource, list: ts.ArrayLiteralExpression, element: string): boolean {
  const start = text.lastIndexOf('\n', list.getStart()) + 1;
  // With the comma after the list.
  return list.getEnd() - start + element.length + 3 <= LINE_WIDTH;
}

function appendInLine(source: EditableSource, list: ts.ArrayLiteralExpression, element: string): void {
  const last = list.elements.at(-1);
  if (last === undefined) {
    source.insert(list.getEnd() - 1, source.styled(element));
  } else {
    source.insert(last.getEnd(), `, ${source.styled(element)}`);
  }
}

function breakIntoLines(source: EditableSource, list: ts.ArrayLiteralExpression, element: string): void {
  const { text, style } = source;
  const outer = source.indentAt(list.getStart());
  const inner = outer + style.indent;
  const elements = list.elements.map((each) => text.slice(each.getFullStart(), each.getEnd()).trim());
  const lines = [...elements.map((each) => `${inner}${each},`), `${source.styled(element, inner)},`];
  // What stands after the last element, such as a comment.
  const rest = text.slice(list.elements.end, list.getEnd() - 1).trim();
  const code = [...lines, ...(rest === '' ? [] : [inner + rest])].join(style.lineBreak);
  source.replace(list.getStart(), list.getEnd(), `[${style.lineBreak}${code}${style.lineBreak}${outer}]`);
}

function appendLine(source: EditableSource, list: ts.ArrayLiteralExpression, element: string): void {
  const { text, style } = source;
  const last = list.elements.at(-1);
  const outer = source.indentAt(list.getEnd() - 1);
  const inner = last === undefined ? outer + style.indent : source.indentAt(last.getStart());
  const closing = list.getEnd() - 1;
  const added = `${source.styled(element, inner)},`;
  const lineStart = text.lastIndexOf('\n', closing) + 1;
  const isAlone = text.slice(lineStart, closing).trim() === '';
  if (isAlone) {
    source.insert(lineStart, added + style.lineBreak);
  } else {
    source.insert(closing, `${style.lineBreak}${added}${style.lineBreak}${outer}`);
  }
  if (last !== undefined && !list.elements.hasTrailingComma) {
    source.insert(last.getEnd(), ',');
  }
}
