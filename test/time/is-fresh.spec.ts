import { isFresh } from '../../lib/time/is-fresh.js';

describe('isFresh', () => {
  it.each([
    [0, true],
    [99, true],
    [100, false],
    [-1, false],
    [-1_000_000, false],
  ])('after %s of 100 ms: %s', (elapsed, fresh) => {
    expect(isFresh(5_000, 100, 5_000 + elapsed)).toBe(fresh);
  });
});
