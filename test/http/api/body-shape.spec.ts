import { Readable } from 'node:stream';

import { shapeFault } from '../../../lib/http/api/body-shape.js';

describe('the shape of parsed JSON', () => {
  it('accepts what is nested 31 levels deep, and nothing deeper', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`);
    expect(shapeFault(nested(32))).toBeUndefined();
    expect(shapeFault(nested(34))).toEqual({ field: '', message: 'must be nested at most 32 levels deep' });
    expect(shapeFault(nested(200_000))).toEqual({ field: '', message: 'must be nested at most 32 levels deep' });
  });

  it.each(['__proto__', 'constructor'])('refuses the member %s wherever it is', (name) => {
    const value: unknown = JSON.parse(`{"list":[{"inner":{"${name}":{"polluted":true}}}]}`);
    expect(shapeFault(value)).toEqual({ field: `list.0.inner.${name}`, message: 'should not exist' });
  });

  it('leaves alone what no parser of JSON or of queries makes', () => {
    class Own {
      constructor(readonly list: readonly object[] = [JSON.parse('{"__proto__":1}') as object]) {}
    }
    for (const value of [undefined, null, 'text', 7, Buffer.alloc(10), Readable.from([]), new Own(), new Map()]) {
      expect(shapeFault(value)).toBeUndefined();
    }
  });
});
