/**
 * Reads JSON, with a byte order mark before it too, which some editors on Windows write.
 *
 * @throws SyntaxError if it is not valid.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

/** JSON with the byte order mark, the indentation and the line breaks of the text that it replaces. */
export function printJson(value: unknown, original: string): string {
  const [, indent = '  '] = /^\s*\{\r?\n([ \t]+)/.exec(original) ?? [];
  const mark = original.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = mark + JSON.stringify(value, undefined, indent) + (original.endsWith('\n') ? '\n' : '');
  return original.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
