import { Logger } from '@nestjs/common';

import { TokenEventLog } from '../../lib/auth/token-event-log.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { ISSUER, TestClock } from '../tokens/support/test-issuer.js';

const LEVELS = ['log', 'debug', 'warn', 'error', 'fatal', 'verbose'] as const;

function setUp() {
  const lines: string[] = [];
  for (const level of LEVELS) {
    jest.spyOn(Logger.prototype, level).mockImplementation((...[text]: unknown[]) => {
      lines.push(`${level}: ${String(text)}`);
    });
  }
  const clock = new TestClock();
  const { observe } = new TokenEventLog({ clock: clock.read });
  return { lines, clock, observe };
}

const rejected = (code: 'TOKEN_EXPIRED' | 'TOKEN_MALFORMED' = 'TOKEN_EXPIRED'): TokenEvent => ({
  type: 'token-rejected',
  pool: 'default',
  code,
});
const outage = (keys: number): TokenEvent => ({
  type: 'keys-unavailable',
  issuer: ISSUER,
  keys,
  age: keys > 0 ? 720_400 : undefined,
  outage: 120_000,
  cause: new Error('connect ECONNREFUSED'),
});

describe('TokenEventLog', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each<[TokenEvent, string]>([
    [
      rejected(),
      'debug: Pool "default" rejected a token: TOKEN_EXPIRED. See https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_EXPIRED',
    ],
    [
      { type: 'access-denied', pool: 'staff', code: 'GROUPS_INSUFFICIENT' },
      'debug: Pool "staff" denied a call: GROUPS_INSUFFICIENT. See https://mandate-nestjs.github.io/mandate/reference/errors#GROUPS_INSUFFICIENT',
    ],
    [
      { type: 'token-rejected', pool: 'default', code: 'TOKEN_USE_REFUSED', expected: 'access', received: 'id' },
      'debug: Pool "default" rejected a token: TOKEN_USE_REFUSED (expected access, received id). Accept other kinds of token with @TokenUse or the option "tokenUse". See https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_USE_REFUSED',
    ],
    [
      { type: 'token-rejected', pool: 'default', code: 'TOKEN_ISSUER_REFUSED', received: 'a\nb\u001b[2J\u202e\u2028c' },
      'debug: Pool "default" rejected a token: TOKEN_ISSUER_REFUSED (received ab[2Jc). See https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_ISSUER_REFUSED',
    ],
    [
      { type: 'token-rejected', pool: 'default', code: 'TOKEN_ISSUER_REFUSED', received: 'x'.repeat(100_000) },
      `debug: Pool "default" rejected a token: TOKEN_ISSUER_REFUSED (received ${'x'.repeat(199)}…). See https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_ISSUER_REFUSED`,
    ],
    [{ type: 'keys-fetched', issuer: ISSUER, keys: 2 }, `debug: Fetched 2 signing keys of ${ISSUER}.`],
    [
      outage(2),
      `warn: The signing keys of ${ISSUER} have been unavailable for 120 s (connect ECONNREFUSED). 2 keys fetched 720 s ago remain in use.`,
    ],
    [
      outage(0),
      `error: The signing keys of ${ISSUER} have been unavailable for 120 s (connect ECONNREFUSED). No key is available, so requests with a token are answered with 503.`,
    ],
    [
      { type: 'revocation-unavailable', pool: 'default', accepted: false, cause: new Error('late') },
      'error: Pool "default" could not check whether tokens are revoked (late). They are rejected with 503.',
    ],
    [
      { type: 'revocation-unavailable', pool: 'default', accepted: true, cause: { secret: 'x' } },
      'error: Pool "default" could not check whether tokens are revoked (unknown reason). They are accepted.',
    ],
    [
      { type: 'revocation-store-emptied', pool: 'default' },
      'warn: The revocation store of pool "default" has lost its entries. Tokens that were revoked before are accepted again until they expire.',
    ],
  ])('writes %j', (event, line) => {
    const { lines, observe } = setUp();
    observe(event);
    expect(lines).toEqual([line]);
  });

  it('writes nothing about accepted tokens', () => {
    const { lines, observe } = setUp();
    observe({ type: 'token-accepted', pool: 'default', tokenUse: 'access', remembered: false });
    expect(lines).toEqual([]);
  });

  it('writes one line about refusals that differ in what was received, and one for each expectation', () => {
    const { lines, observe } = setUp();
    for (const expected of ['a', 'b']) {
      for (let i = 0; i < 1_000; i++) {
        observe({ type: 'token-rejected', pool: 'default', code: 'TOKEN_ISSUER_REFUSED', expected, received: `${i}` });
      }
    }
    expect(lines).toHaveLength(2);
  });

  it('writes equal lines once in ten seconds and states how many it omitted', () => {
    const { lines, clock, observe } = setUp();
    for (let i = 0; i < 100_000; i++) {
      observe(rejected());
    }
    observe(rejected('TOKEN_MALFORMED'));
    expect(lines).toHaveLength(2);
    clock.advance(9_999);
    observe(rejected());
    expect(lines).toHaveLength(2);
    clock.advance(1);
    observe(rejected());
    expect(lines.at(-1)).toBe(
      'debug: Pool "default" rejected a token: TOKEN_EXPIRED. (100000 more since the last line.) See https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_EXPIRED',
    );
    clock.advance(10_000);
    observe(rejected());
    expect(lines.at(-1)).toBe(
      'debug: Pool "default" rejected a token: TOKEN_EXPIRED. See https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_EXPIRED',
    );
  });

  it('reports that the last key is gone even if the outage was reported before', () => {
    const { lines, observe } = setUp();
    observe(outage(2));
    observe(outage(0));
    observe(outage(0));
    expect(lines.map((line) => line.split(':')[0])).toEqual(['warn', 'error']);
  });

  it('keeps writing after the clock was set back', () => {
    const { lines, clock, observe } = setUp();
    observe(rejected());
    clock.advance(-3_600_000);
    observe(rejected());
    expect(lines).toHaveLength(2);
  });
});
