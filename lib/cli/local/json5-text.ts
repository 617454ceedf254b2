import JSON5 from 'json5';

import { TextError } from './text-error.js';

interface Json5Error extends SyntaxError {
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Parses JSON with comments, trailing commas and unquoted names. @throws TextError */
export function parseJson5(text: string): unknown {
  try {
    return JSON5.parse<unknown>(text);
  } catch (error) {
    const { message, lineNumber: line, columnNumber: column } = error as Json5Error;
    throw new TextError(message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, ''), { line, column });
  }
}
