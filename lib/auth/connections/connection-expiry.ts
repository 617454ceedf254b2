import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import type { Clock } from '../../time/clock.js';
import type { Authentication } from '../authentication.js';
import { findToken } from '../extractors/extract-token.js';
import { expiryOf } from '../pools/token-expiry.js';
import type { RegisteredPool } from '../pools/user-pools.js';
import type { RequestContext, TokenSource, Transport } from '../request-context.js';
import { endConnection, isClosed, onceClosed } from './connection.js';

/** Runs a callback after a delay, in milliseconds. Returns a function that cancels it. */
export type Schedule = (callback: () => void, delay: number) => () => void;

/** Until when a connection may stay open. Times are in milliseconds since the epoch. */
interface Lifetime {
  /** The token of the last admitted call. */
  token: string;
  /** By caller: when the last token expires that the connection itself carries for it. */
  readonly own: Map<string, number>;
  /** When the last token expires that came with a message. */
  ofMessages: number;
  cancel: () => void;
}

/** `setTimeout` fires at once for a longer delay. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * Ends the connections of WebSockets and graphql-ws when the token expires that they were admitted with: a guard decides
 * on messages, and nothing else would stop what the application sends to the client by itself.
 *
 * The token of the handshake counts. A message with a newer token of the same caller extends the connection; a token of
 * another caller counts for its message alone. A connection whose handshake has no token ends when the last token expires
 * that its messages brought.
 */
@Injectable()
export class ConnectionExpiry implements OnApplicationShutdown {
  readonly #lifetimes = new Map<object, Lifetime>();
  #isShutDown = false;

  constructor(private readonly schedule: Schedule = scheduleUnreferenced) {}

  /** Number of connections that have a timer. */
  get size(): number {
    return this.#lifetimes.size;
  }

  /** Called for each call that a guard has admitted over a connection. */
  observe(connection: object, call: RequestContext, authentication: Authentication, pool: RegisteredPool): void {
    const known = this.#lifetimes.get(connection);
    if (known?.token === authentication.token || this.#isShutDown || pool.endConnectionsAtExpiry === false) {
      return;
    }
    if (isClosed(connection)) {
      // While the token was verified; nobody would tell when to cancel the timer.
      return;
    }
    const lifetime = known ?? this.#begin(connection);
    lifetime.token = authentication.token;
    extend(lifetime, call.source, authentication, pool);
    lifetime.cancel();
    this.#arm(connection, call.source.transport, lifetime, pool.clock);
  }

  /** Cancels all timers. Called by Nest when the servers have closed. */
  onApplicationShutdown(): void {
    this.#isShutDown = true;
    for (const connection of this.#lifetimes.keys()) {
      this.#forget(connection);
    }
  }

  #begin(connection: object): Lifetime {
    const lifetime: Lifetime = { token: '', own: new Map(), ofMessages: 0, cancel: () => undefined };
    this.#lifetimes.set(connection, lifetime);
    onceClosed(connection, () => {
      this.#forget(connection);
    });
    return lifetime;
  }

  #arm(connection: object, transport: Transport, lifetime: Lifetime, clock: Clock): void {
    const delay = Math.ceil(endOf(lifetime) - clock());
    if (delay <= 0) {
      this.#forget(connection);
      endConnection(connection, transport);
      return;
    }
    // The clock is read again: a timer may be early, or the delay too long for one.
    lifetime.cancel = this.schedule(
      () => {
        this.#arm(connection, transport, lifetime, clock);
      },
      Math.min(delay, MAX_DELAY),
    );
  }

  #forget(connection: object): void {
    this.#lifetimes.get(connection)?.cancel();
    this.#lifetimes.delete(connection);
  }
}

function extend(lifetime: Lifetime, source: TokenSource, { claims, token, pool }: Authentication, at: RegisteredPool) {
  const expiry = expiryOf(claims, at);
  const caller = JSON.stringify([pool, claims.sub]);
  const ofCaller = lifetime.own.get(caller);
  if (ofCaller !== undefined || isOfConnection(token, source, at)) {
    lifetime.own.set(caller, Math.max(ofCaller ?? 0, expiry));
  } else {
    lifetime.ofMessages = Math.max(lifetime.ofMessages, expiry);
  }
}

/** Whether the connection itself carries the token, and not the message alone. */
function isOfConnection(token: string, source: TokenSource, { extractors }: RegisteredPool): boolean {
  try {
    return findToken({ ...source, data: undefined }, extractors) === token;
  } catch {
    return false;
  }
}

function endOf({ own, ofMessages }: Lifetime): number {
  return own.size > 0 ? Math.min(...own.values()) : ofMessages;
}

/** A timer must not keep the process alive. */
function scheduleUnreferenced(callback: () => void, delay: number): () => void {
  const timer = setTimeout(callback, delay).unref();
  return () => {
    clearTimeout(timer);
  };
}
