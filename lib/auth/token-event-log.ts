import { Logger } from '@nestjs/common';

import { docsUrlOf } from '../errors/docs-url.js';
import { BoundedMap } from '../memory/bounded-map.js';
import { systemClock, type Clock } from '../time/clock.js';
import { printable } from '../tokens/claim-mismatch.js';
import type { TokenEvent } from '../tokens/token-events.js';

/** Options of `TokenEventLog`. */
export interface TokenEventLogOptions {
  /** Milliseconds within which equal lines are written once; the next line states how many were omitted. Default: 10,000 ms. */
  readonly interval?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Line {
  readonly level: 'debug' | 'warn' | 'error';
  readonly text: string;
  /** Where the documentation of the line's code is. */
  readonly docsUrl?: string;
  /** Lines with the same topic share an interval. */
  readonly topic: string;
}

interface Topic {
  readonly writtenAt: number;
  readonly omitted: number;
}

/** Enough for every code of a few pools and for the issuers of a few hundred tenants. */
const MAX_TOPICS = 1_000;

/**
 * Writes token events to Nest's logger: rejections and fetched keys at `debug`, an outage of the key set at `warn` (at
 * `error` once no key is left), a failing revocation store at `error`, an emptied one at `warn`. No line contains a
 * token, or more of one than the claim that was refused, and a flood of invalid tokens produces one line in ten seconds.
 */
export class TokenEventLog {
  readonly #logger = new Logger('TokenVerifier');
  readonly #topics = new BoundedMap<string, Topic>(MAX_TOPICS);
  readonly #interval: number;
  readonly #clock: Clock;

  constructor(options: TokenEventLogOptions = {}) {
    this.#interval = options.interval ?? 10_000;
    this.#clock = options.clock ?? systemClock;
  }

  /** A `TokenObserver`. The time of an event is that of the call. */
  readonly observe = (event: TokenEvent): void => {
    const line = lineOf(event);
    if (line === undefined) {
      return;
    }
    const now = this.#clock();
    const topic = this.#topics.get(line.topic);
    const elapsed = now - (topic?.writtenAt ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back must not silence the log for hours.
    if (topic !== undefined && elapsed >= 0 && elapsed < this.#interval) {
      this.#topics.set(line.topic, { ...topic, omitted: topic.omitted + 1 });
      return;
    }
    this.#topics.set(line.topic, { writtenAt: now, omitted: 0 });
    const omitted = topic === undefined || topic.omitted === 0 ? '' : ` (${topic.omitted} more since the last line.)`;
    const link = line.docsUrl === undefined ? '' : ` See ${line.docsUrl}`;
    this.#logger[line.level](line.text + omitted + link);
  };
}

function lineOf(event: TokenEvent): Line | undefined {
  switch (event.type) {
    case 'token-accepted':
      return undefined;
    case 'token-rejected':
      return refusalLine(`Pool "${event.pool}" rejected a token: ${event.code}`, event);
    case 'access-denied':
      return refusalLine(`Pool "${event.pool}" denied a call: ${event.code}`, event);
    case 'keys-fetched':
      return {
        level: 'debug',
        text: `Fetched ${event.keys} signing keys of ${event.issuer}.`,
        topic: `${event.type} ${event.issuer}`,
      };
    case 'keys-unavailable':
      return keysLine(event);
    case 'revocation-unavailable':
      return {
        level: 'error',
        text: `Pool "${event.pool}" could not check whether tokens are revoked (${reasonOf(event.cause)}). They are ${event.accepted ? 'accepted' : 'rejected with 503'}.`,
        topic: `${event.type} ${event.pool}`,
      };
    case 'revocation-store-emptied':
      return {
        level: 'warn',
        text: `The revocation store of pool "${event.pool}" has lost its entries. Tokens that were revoked before are accepted again until they expire.`,
        topic: `${event.type} ${event.pool}`,
      };
  }
}

type Refusal = Extract<TokenEvent, { type: 'token-rejected' | 'access-denied' }>;

/** What to do about a code, where a developer meets it more often than a client. */
const HINTS: Readonly<Partial<Record<Refusal['code'], string>>> = {
  TOKEN_USE_REFUSED: ' Accept other kinds of token with @TokenUse or the option "tokenUse".',
};

/** What was received is no part of the topic: clients choose it, and may send another each time. */
function refusalLine(text: string, { code, expected, received }: Refusal): Line {
  const reasons = [
    ...(expected === undefined ? [] : [`expected ${printable(expected)}`]),
    ...(received === undefined ? [] : [`received ${printable(received)}`]),
  ];
  const reason = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return {
    level: 'debug',
    text: `${text}${reason}.${HINTS[code] ?? ''}`,
    docsUrl: docsUrlOf(code),
    topic: `${text} ${expected ?? ''}`,
  };
}

function keysLine(event: Extract<TokenEvent, { type: 'keys-unavailable' }>): Line {
  const { issuer, keys, age, outage, cause } = event;
  const consequence =
    keys > 0
      ? `${keys} keys fetched ${secondsOf(age)} ago remain in use.`
      : 'No key is available, so requests with a token are answered with 503.';
  return {
    level: keys > 0 ? 'warn' : 'error',
    text: `The signing keys of ${issuer} have been unavailable for ${secondsOf(outage)} (${reasonOf(cause)}). ${consequence}`,
    topic: `${event.type} ${issuer} ${String(keys > 0)}`,
  };
}

function secondsOf(milliseconds = 0): string {
  return `${String(Math.round(milliseconds / 1000))} s`;
}

/** The message of the outermost error only: its other properties may hold anything. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown reason';
}
