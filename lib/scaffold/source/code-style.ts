/** Characters of a line of code: the default of Prettier. */
export const LINE_WIDTH = 80;

/** How a file is written. */
export interface CodeStyle {
  readonly indent: string;
  readonly quote: "'" | '"';
  readonly semicolon: boolean;
  readonly lineBreak: '\n' | '\r\n';
}

/** The style of the files of `nest new`, and of the templates here. */
export const NEST_STYLE: CodeStyle = { indent: '  ', quote: "'", semicolon: true, lineBreak: '\n' };

/** The style of a file, read from its imports and its first indented line. */
export function styleOf(text: string): CodeStyle {
  const [, quote = "'", semicolon] = /^import\b[^'"]*?(['"])[^'"]*['"][ \t]*(;?)/m.exec(text) ?? [];
  const [, indent = '  '] = /^([ \t]+)[^\s*]/m.exec(text) ?? [];
  return {
    indent: indent.startsWith('\t') ? '\t' : indent,
    quote: quote === '"' ? '"' : "'",
    semicolon: semicolon !== '',
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Code of a template in the style of a file. Templates have no quotes inside of text. */
export function restyle(code: string, { indent, quote, semicolon, lineBreak }: CodeStyle): string {
  const lines = code.split('\n').map((line) => {
    const [spaces = ''] = /^(?: {2})*/.exec(line) ?? [];
    const text = line.slice(spaces.length);
    const quoted = text.startsWith('//') || quote === "'" ? text : text.replaceAll("'", '"');
    return indent.repeat(spaces.length / 2) + (semicolon ? quoted : quoted.replace(/;$/, ''));
  });
  return lines.join(lineBreak);
}
