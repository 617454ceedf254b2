import fc from 'fast-check';

import { CORRECTED_SHAPES } from '../../../lib/local/constraints/corrections.js';
import { MODEL_SHAPES } from '../../../lib/local/constraints/model-shapes.js';
import { expressionOf, matcherOf } from '../../../lib/local/constraints/patterns.js';

const patterns = [
  ...new Set(
    [...Object.values(MODEL_SHAPES), ...Object.values(CORRECTED_SHAPES)].flatMap((shape) =>
      'pattern' in shape ? [shape.pattern] : [],
    ),
  ),
];
/** What the parts of the patterns are made of, and what they exclude. */
const PIECES = [
  ...['a', 'Z', '0', '_', '-', '.', ':', '/', '@', '*', '+', '=', ' ', '\t', '\n', '\r', '\v', '\f'],
  ...['\u0085', '\u00a0', '\u2028', '\ufeff', '\u0001', 'é', '😀', '\ud800', '{', '}', '#'],
  ...['{####}', '{##', '##}', 'arn:', 'import-', 'cognito:default', 'us-east-1_', 'terms-of-use'],
];
const LENGTH = 100_000;
/** Milliseconds. A quadratic pattern takes ten seconds for one text. */
const QUICK = 500;

describe('the patterns of the model', () => {
  it('are all here', () => {
    expect(patterns.length).toBeGreaterThan(35);
  });

  it.each(patterns)('%s matches what a backtracking engine matches', (pattern) => {
    const expression = expressionOf(pattern);
    const matches = matcherOf(pattern);
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (each) => matches(each) === expression.test(each)),
      { numRuns: 3000 },
    );
  });

  it.each(patterns)('%s takes linear time', (pattern) => {
    const matches = matcherOf(pattern);
    const baseline = duration(() => 'a'.repeat(LENGTH).search(/[^]b/u));
    const slow = hostileTexts().filter((text) => duration(() => matches(text)) > 500 * baseline + QUICK);
    expect(slow.map((text) => text.slice(0, 20))).toEqual([]);
  });

  it('reads white space and line ends as Java does', () => {
    const password = matcherOf(String.raw`^[\S]+.*[\S]+$`);
    expect(password('\u00a0inside\u00a0')).toBe(true);
    expect(password('two words')).toBe(true);
    expect(password(' leading')).toBe(false);
    expect(password('two\nlines')).toBe(false);
    expect(password('a')).toBe(false);
    expect(password('😀')).toBe(false);
    expect(matcherOf('(?s).*')('two\nlines')).toBe(true);
    expect(matcherOf(String.raw`.*\{####\}.*`)('two\n{####}')).toBe(false);
  });
});

/** Long runs of each piece and of some pairs, with an end that spoils a match. */
function hostileTexts(): string[] {
  const repeated = [...PIECES, '{##a', '##}{##', '_a', '@a', ':a', ' a', 'a-'];
  return repeated.flatMap((piece) =>
    ['', 'arn:a:b:c:1:', 'aa'].map((start) => `${start}${piece.repeat(LENGTH / piece.length)}\u0001 `),
  );
}

/** Milliseconds. */
function duration(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
