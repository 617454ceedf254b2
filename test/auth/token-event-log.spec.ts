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

const refused = (code: 'TOKEN_EXPIRED' | 'TOKEN_MALFORMED' = 'TOKEN_EXPIRED'): TokenEvent => ({
  type: 'token-refused',
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
    [refused(), 'debug: Pool "default" refused a token: TOKEN_EXPIRED.'],
    [
      { type: 'access-refused', pool: 'staff', code: 'GROUPS_INSUFFICIENT' },
      'debug: Pool "staff" refused a call: GROUPS_INSUFFICIENT.',
    ],
    [{ type: 'keys-fetched', issuer: ISSUER, keys: 2 }, `debug: 2 signing keys of ${ISSUER} were fetched.`],
    [
      outage(2),
      `warn: The signing keys of ${ISSUER} cannot be fetched since 120 s (connect ECONNREFUSED). 2 keys that are 720 s old go on serving.`,
    ],
    [
      outage(0),
      `error: The signing keys of ${ISSUER} cannot be fetched since 120 s (connect ECONNREFUSED). No key is known: tokens cannot be verified and are answered with 503.`,
    ],
    [
      { type: 'revocation-unavailable', pool: 'default', accepted: false, cause: new Error('late') },
      'error: Pool "default" cannot tell whether tokens are revoked (late); they are rejected with 503.',
    ],
    [
      { type: 'revocation-unavailable', pool: 'default', accepted: true, cause: { secret: 'x' } },
      'error: Pool "default" cannot tell whether tokens are revoked (no reason given); they are accepted.',
    ],
    [
      { type: 'revocation-store-emptied', pool: 'default' },
      'warn: The revocation store of pool "default" was emptied: tokens that were revoked before pass again until they expire.',
    ],
  ])('writes %j', (event, line) => {
    const { lines, observe } = setUp();
    observe(event);
    expect(lines).toEqual([line]);
  });

  it('says nothing about tokens that pass', () => {
    const { lines, observe } = setUp();
    observe({ type: 'token-accepted', pool: 'default', tokenUse: 'access', remembered: false });
    expect(lines).toEqual([]);
  });

  it('writes a line in ten seconds, whatever comes, and says how many it left out', () => {
    const { lines, clock, observe } = setUp();
    for (let i = 0; i < 100_000; i++) {
      observe(refused());
    }
    observe(refused('TOKEN_MALFORMED'));
    expect(lines).toHaveLength(2);
    clock.advance(9_999);
    observe(refused());
    expect(lines).toHaveLength(2);
    clock.advance(1);
    observe(refused());
    expect(lines.at(-1)).toBe(
      'debug: Pool "default" refused a token: TOKEN_EXPIRED. (100000 more since the last such line)',
    );
    clock.advance(10_000);
    observe(refused());
    expect(lines.at(-1)).toBe('debug: Pool "default" refused a token: TOKEN_EXPIRED.');
  });

  it('does not hide that the last key is gone behind the outage that was told of already', () => {
    const { lines, observe } = setUp();
    observe(outage(2));
    observe(outage(0));
    observe(outage(0));
    expect(lines.map((line) => line.split(':')[0])).toEqual(['warn', 'error']);
  });

  it('goes on after the clock was set back', () => {
    const { lines, clock, observe } = setUp();
    observe(refused());
    clock.advance(-3_600_000);
    observe(refused());
    expect(lines).toHaveLength(2);
  });
});
