import type ts from 'typescript';

import { type CodeStyle, restyle, styleOf } from './code-style.js';
import type { TypeScript } from './typescript.js';

/** A file of TypeScript is written in a way that is not edited here. The message is the reason, without a full stop. */
export class CannotEditError extends Error {
  override readonly name = 'CannotEditError';
}

/** A file of TypeScript under edit: its text, and what the compiler reads of it. */
export class EditableSource {
  readonly style: CodeStyle;
  #text: string;
  #parsed: ts.SourceFile | undefined;

  constructor(
    readonly ts: TypeScript,
    readonly path: string,
    text: string,
  ) {
    this.#text = text;
    this.style = styleOf(text);
  }

  get text(): string {
    return this.#text;
  }

  /** The file as it is now. Positions are lost with the next edit. */
  get file(): ts.SourceFile {
    this.#parsed ??= this.ts.createSourceFile(this.path, this.#text, this.ts.ScriptTarget.Latest, true);
    return this.#parsed;
  }

  replace(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    this.#parsed = undefined;
  }

  insert(position: number, text: string): void {
    this.replace(position, position, text);
  }

  /** Code of a template in the style of this file, below a line that is indented so. */
  styled(code: string, indent = ''): string {
    const { lineBreak } = this.style;
    return restyle(code, this.style)
      .split(lineBreak)
      .map((line) => (line === '' ? line : indent + line))
      .join(lineBreak);
  }

  /** The white space that the line of a position begins with. */
  indentAt(position: number): string {
    const start = this.#text.lastIndexOf('\n', position - 1) + 1;
    return /^[ \t]*/.exec(this.#text.slice(start))?.[0] ?? '';
  }

  /** The first node, in the order of the text, for which the function returns something. */
  find<T>(read: (node: ts.Node) => T | undefined): T | undefined {
    const visit = (node: ts.Node): T | undefined => read(node) ?? this.ts.forEachChild(node, visit);
    return visit(this.file);
  }
}
