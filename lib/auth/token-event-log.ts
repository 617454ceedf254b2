import { Logger } from '@nestjs/common';

import { BoundedMap } from '../memory/bounded-map.js';
import { systemClock, type Clock } from '../time/clock.js';
import type { TokenEvent } from '../tokens/token-events.js';

/** How events are written to the log. */
export interface TokenEventLogOptions {
  /** Milliseconds in which the same line is written once; how often it was left out is said the next time. Default 10,000. */
  readonly interval?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Line {
  readonly level: 'debug' | 'warn' | 'error';
  readonly text: string;
  /** Events with the same topic share an interval. */
  readonly topic: string;
}

interface Topic {
  readonly writtenAt: number;
  readonly leftOut: number;
}

/** Enough for every code of some pools, and for the issuers of some hundred tenants. */
const MAX_TOPICS = 1_000;

/**
 * Writes token events to Nest's log: refusals and fetched keys at `debug`, an outage of the key set at `warn` (at `error`
 * as soon as no key is left), a failing revocation store at `error` and an emptied one at `warn`. Nothing in a line
 * comes out of a token, and whoever sends a million bad tokens gets a line in ten seconds.
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

  /** Takes an event. Its time is that of the call. */
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
      this.#topics.set(line.topic, { ...topic, leftOut: topic.leftOut + 1 });
      return;
    }
    this.#topics.set(line.topic, { writtenAt: now, leftOut: 0 });
    const repeated =
      topic === undefined || topic.leftOut === 0 ? '' : ` (${topic.leftOut} more since the last such line)`;
    this.#logger[line.level](line.text + repeated);
  };
}

function lineOf(event: TokenEvent): Line | undefined {
  switch (event.type) {
    case 'token-accepted':
      return undefined;
    case 'token-refused':
    case 'access-refused': {
      const what = event.type === 'token-refused' ? 'token' : 'call';
      const text = `Pool "${event.pool}" refused a ${what}: ${event.code}.`;
      return { level: 'debug', text, topic: text };
    }
    case 'keys-fetched':
      return {
        level: 'debug',
        text: `${event.keys} signing keys of ${event.issuer} were fetched.`,
        topic: `${event.type} ${event.issuer}`,
      };
    case 'keys-unavailable':
      return keysLine(event);
    case 'revocation-unavailable':
      return {
        level: 'error',
        text: `Pool "${event.pool}" cannot tell whether tokens are revoked (${reasonOf(event.cause)}); they are ${event.accepted ? 'accepted' : 'rejected with 503'}.`,
        topic: `${event.type} ${event.pool}`,
      };
    case 'revocation-store-emptied':
      return {
        level: 'warn',
        text: `The revocation store of pool "${event.pool}" was emptied: tokens that were revoked before pass again until they expire.`,
        topic: `${event.type} ${event.pool}`,
      };
  }
}

function keysLine(event: Extract<TokenEvent, { type: 'keys-unavailable' }>): Line {
  const { issuer, keys, age, outage, cause } = event;
  const consequence =
    keys > 0
      ? `${keys} keys that are ${secondsOf(age)} old go on serving.`
      : 'No key is known: tokens cannot be verified and are answered with 503.';
  return {
    level: keys > 0 ? 'warn' : 'error',
    text: `The signing keys of ${issuer} cannot be fetched since ${secondsOf(outage)} (${reasonOf(cause)}). ${consequence}`,
    topic: `${event.type} ${issuer} ${String(keys > 0)}`,
  };
}

function secondsOf(milliseconds = 0): string {
  return `${String(Math.round(milliseconds / 1000))} s`;
}

/** The outermost message alone: what an error carries beside it may be anything. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'no reason given';
}
