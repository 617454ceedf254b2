import fc from 'fast-check';

import { parseStrictJson } from '../../../lib/tokens/jws/strict-json.js';

const malformed = expect.objectContaining({ code: 'TOKEN_MALFORMED' });
/** Names and values full of what ends strings and separates members. */
const tricky = fc.string({ unit: fc.constantFrom('"', '\\', ':', ',', '{', '}', ' ', 'a', 'ä', '\n') });
const object = fc.dictionary(tricky, fc.oneof(tricky, fc.array(tricky), fc.dictionary(tricky, fc.integer())), {
  noNullPrototype: true,
});

describe('parseStrictJson', () => {
  it.each([undefined, 2, '\t'])('accepts every object, whatever its strings hold (indentation: %j)', (indentation) => {
    fc.assert(
      fc.property(object, (value) => {
        expect(parseStrictJson(JSON.stringify(value, undefined, indentation))).toEqual(value);
      }),
    );
  });

  it('rejects every object in which a name occurs twice', () => {
    fc.assert(
      fc.property(object, tricky, tricky, (value, name, other) => {
        const member = `${JSON.stringify(name)} : ${JSON.stringify(other)}`;
        const text = JSON.stringify({ ...value, [name]: other }).replace('{', () => `{${member},`);
        expect(() => parseStrictJson(text)).toThrow(malformed);
      }),
    );
  });

  it.each(['[]', '"a"', 'null', '', '{"a":1', '{"__proto__":{}}', '{"a":{"__proto__":1}}', '{"a":"\\"}'])(
    'rejects %s',
    (text) => {
      expect(() => parseStrictJson(text)).toThrow(malformed);
    },
  );
});
