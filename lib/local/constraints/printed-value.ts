import { isObject } from '../../types/is-object.js';

/**
 * A value as the service prints it in a message: a text as it is, `[a, b]` for a list, `{key=value}` for an object. Never
 * longer than `limit` characters.
 */
export function printedValue(value: unknown, limit: number): string {
  const text = [...pieces(value, limit)].join('');
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

/** Stops when the limit is reached, so that a long list costs no more than what is printed of it. */
function* pieces(value: unknown, limit: number): Generator<string> {
  let length = 0;
  for (const piece of piecesOf(value)) {
    yield piece;
    length += piece.length;
    if (length > limit) {
      return;
    }
  }
}

function* piecesOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    yield* enclosed('[', value.entries(), ']', () => '');
  } else if (isObject(value)) {
    yield* enclosed('{', entriesOf(value), '}', (key) => `${key}=`);
  } else {
    yield String(value);
  }
}

function* enclosed<Key>(
  open: string,
  entries: Iterable<[Key, unknown]>,
  close: string,
  label: (key: Key) => string,
): Generator<string> {
  let separator = open;
  for (const [key, value] of entries) {
    yield separator + label(key);
    yield* piecesOf(value);
    separator = ', ';
  }
  yield separator === open ? open + close : close;
}

function* entriesOf(value: Record<string, unknown>): Generator<[string, unknown]> {
  for (const key of Object.keys(value)) {
    yield [key, value[key]];
  }
}
