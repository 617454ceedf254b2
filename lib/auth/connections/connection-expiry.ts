import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import type { Clock } from '../../time/clock.js';
import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import type { Authentication } from '../authentication.js';
import { findToken } from '../extractors/extract-token.js';
import { expiryOf } from '../pools/token-expiry.js';
import type { RegisteredPool, UserPools } from '../pools/user-pools.js';
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

/** The injection token of the application's `ConnectionExpiry`; not the class, which differs between two copies. */
export const CONNECTION_EXPIRY = 'mandate:ConnectionExpiry';

/**
 * Ends the connections of WebSockets and graphql-ws when the token expires that they were admitted with: a guard decides
 * on messages, and nothing else would stop what the application sends to the client by itself.
 *
 * The token of the handshake counts. A message with a newer token of the same caller extends the connection; a token of
 * another caller counts for its message alone. A connection whose handshake has no token ends when the last token expires
 * that its messages brought.
 *
 * Guards do not run when a client connects. Inject this class into a gateway that verifies the token then.
 *
 * @example
 * async handleConnection(client: Socket) {
 *   try {
 *     const claims = await this.cognito.verifyToken(client.handshake.auth['token']);
 *     this.connectionExpiry.endAtExpiry(client, claims);
 *   } catch {
 *     client.disconnect();
 *   }
 * }
 *
 * @publicApi
 */
@Injectable()
export class ConnectionExpiry implements OnApplicationShutdown {
  readonly #lifetimes = new Map<object, Lifetime>();
  #isShutDown = false;

  /** @param schedule - for tests. Default: `setTimeout`, which does not keep the process alive. */
  constructor(
    private readonly pools: Pick<UserPools, 'get'>,
    private readonly schedule: Schedule = scheduleUnreferenced,
  ) {}

  /** Number of connections that have a timer. */
  get size(): number {
    return this.#lifetimes.size;
  }

  /**
   * Ends a socket of socket.io or a plain WebSocket when a token expires that the application has verified itself.
   *
   * @param client - as `handleConnection` receives it.
   * @param claims - of the token.
   * @param pool - name of the pool. Default: the default pool.
   * @throws MandateConfigurationError if there is no such pool.
   */
  endAtExpiry(client: object, claims: VerifiedClaims, pool?: string): void {
    const registered = this.pools.get(pool);
    this.#update(client, 'ws', registered, (lifetime) => {
      extendOwn(lifetime, callerOf(registered.name, claims), expiryOf(claims, registered));
    });
  }

  /**
   * Called for each call that a guard has admitted over a connection.
   *
   * @internal
   */
  observe(connection: object, call: RequestContext, authentication: Authentication, pool: RegisteredPool): void {
    if (this.#lifetimes.get(connection)?.token === authentication.token) {
      return;
    }
    const { token, claims } = authentication;
    const { source } = call;
    const caller = callerOf(pool.name, claims);
    const extend = (isOwn: boolean): void => {
      this.#update(connection, source.transport, pool, (lifetime) => {
        lifetime.token = token;
        extendLifetime(lifetime, caller, expiryOf(claims, pool), isOwn);
      });
    };
    const isOwn = isOfConnection(token, source, pool);
    extend(isOwn === true);
    if (typeof isOwn !== 'boolean') {
      void isOwn.then((is) => {
        if (is) {
          extend(true);
        }
      });
    }
  }

  /** Cancels all timers. Called by Nest when the servers have closed. */
  onApplicationShutdown(): void {
    this.#isShutDown = true;
    for (const connection of this.#lifetimes.keys()) {
      this.#forget(connection);
    }
  }

  #update(connection: object, transport: Transport, pool: RegisteredPool, change: (lifetime: Lifetime) => void): void {
    // A connection may close while its token is verified; nobody would tell when to cancel the timer.
    if (this.#isShutDown || pool.endConnectionsAtExpiry === false || isClosed(connection)) {
      return;
    }
    const lifetime = this.#lifetimes.get(connection) ?? this.#begin(connection);
    change(lifetime);
    lifetime.cancel();
    this.#arm(connection, transport, lifetime, pool.clock);
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

/** @param isOwn - whether the connection itself carries the token. */
function extendLifetime(lifetime: Lifetime, caller: string, expiry: number, isOwn: boolean): void {
  if (isOwn || lifetime.own.has(caller)) {
    extendOwn(lifetime, caller, expiry);
  } else {
    lifetime.ofMessages = Math.max(lifetime.ofMessages, expiry);
  }
}

function extendOwn({ own }: Lifetime, caller: string, expiry: number): void {
  own.set(caller, Math.max(own.get(caller) ?? 0, expiry));
}

function callerOf(pool: string, { sub }: VerifiedClaims): string {
  return JSON.stringify([pool, sub]);
}

/** Whether the connection itself carries the token, and not the message alone. */
function isOfConnection(token: string, source: TokenSource, pool: RegisteredPool): boolean | Promise<boolean> {
  try {
    const found = findToken({ ...source, data: undefined }, pool);
    return typeof found === 'string'
      ? found === token
      : found.then(
          (own) => own === token,
          () => false,
        );
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
