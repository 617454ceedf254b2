/** Whether a whole text matches. The time is linear in the text's length. */
export type Matcher = (text: string) => boolean;

/** White space and line terminators of Java's regular expressions, which are not those of JavaScript. */
const SPACE = String.raw` \t\n\v\f\r`;
const LINE_TERMINATOR = /[\n\r\u0085\u2028\u2029]/u;
const NOT_SPACE = new RegExp(`[^${SPACE}]`, 'u');
const IS_SPACE = new RegExp(`[${SPACE}]`, 'u');
const PRINTABLE = String.raw`\p{L}\p{M}\p{S}\p{N}\p{P}`;
const MESSAGE = String.raw`[${PRINTABLE}\s*]*`;
const CODE = String.raw`\{####\}`;

/**
 * Patterns with several parts that can match the same characters. A backtracking engine tries all ways to divide a text
 * between them: for a password of 6,000 characters that takes longer than anybody waits.
 */
const AMBIGUOUS: Readonly<Record<string, Matcher>> = {
  [String.raw`^[\S]+.*[\S]+$`]: hasSpacesInsideOnly,
  [`[${PRINTABLE}]+@[${PRINTABLE}]+`]: (text) => isPrintable(text) && text.slice(1, -1).includes('@'),
  [`${MESSAGE}${CODE}${MESSAGE}`]: (text) => isMessage(text) && text.includes('{####}'),
  [String.raw`${MESSAGE}\{##${MESSAGE}##\}${MESSAGE}`]: (text) => isMessage(text) && hasLink(text),
  [`.*${CODE}.*`]: (text) => text.includes('{####}') && !LINE_TERMINATOR.test(text),
  '(?s).*': () => true,
};
const isPrintable = isMadeOf(PRINTABLE);
const isMessage = isMadeOf(PRINTABLE + SPACE);

/** The other patterns: a backtracking engine matches them in linear time. */
const compiled = new Map<string, Matcher>();

/** The matcher of a pattern of the model. Each is compiled once. */
export function matcherOf(pattern: string): Matcher {
  const matcher = AMBIGUOUS[pattern] ?? compiled.get(pattern) ?? compile(pattern);
  compiled.set(pattern, matcher);
  return matcher;
}

/** The regular expression of JavaScript that matches what the pattern matches in Java. */
export function expressionOf(pattern: string): RegExp {
  const isDotAll = pattern.startsWith('(?s)');
  const source = (isDotAll ? pattern.slice('(?s)'.length) : pattern)
    .replaceAll(String.raw`[\S]`, `[^${SPACE}]`)
    .replaceAll(String.raw`\s`, SPACE)
    .replaceAll('.*', isDotAll ? String.raw`[^]*` : String.raw`[^\n\r\u0085\u2028\u2029]*`);
  return new RegExp(`^(?:${source})$`, 'u');
}

function compile(pattern: string): Matcher {
  const expression = expressionOf(pattern);
  return (text) => expression.test(text);
}

/** `^[\S]+.*[\S]+$`: no space at either end, and no line break between the first space and the last. */
function hasSpacesInsideOnly(text: string): boolean {
  const first = text.search(IS_SPACE);
  if (first < 0) {
    return countsTwo(text);
  }
  if (!NOT_SPACE.test(text.slice(0, 1)) || !NOT_SPACE.test(text.slice(-1))) {
    return false;
  }
  let last = text.length - 1;
  while (NOT_SPACE.test(text.charAt(last))) {
    last -= 1;
  }
  return !LINE_TERMINATOR.test(text.slice(first, last + 1));
}

/** Whether a text has two characters. One outside the basic plane is a surrogate pair. */
function countsTwo(text: string): boolean {
  const [first] = text;
  return first !== undefined && text.length > first.length;
}

function hasLink(text: string): boolean {
  const start = text.indexOf('{##');
  return start >= 0 && text.lastIndexOf('##}') >= start + '{##'.length;
}

/** One character or more, of these only. */
function isMadeOf(characters: string): Matcher {
  const expression = new RegExp(`^[${characters}]+$`, 'u');
  return (text) => expression.test(text);
}
