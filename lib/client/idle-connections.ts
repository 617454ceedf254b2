import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '../time/clock.js';

/** The idle time of a connection after which Node's global agent closes it, in milliseconds. */
const IDLE_LIMIT = 5_000;

/**
 * Drops idle connections that the other side may have closed, before a request is written to one of them: afterwards
 * nobody knows whether the request was processed, so most could not be repeated.
 *
 * A process that was suspended, such as a Lambda function between two invocations, needs both steps: its timers did not
 * run, so connections are idle for too long, and its event loop has not yet seen which of them were closed.
 */
export class IdleConnections {
  #lastUsed = -Infinity;

  /** @param clock - not a monotonic one, which may stand still while the process is suspended. */
  constructor(private readonly clock: Clock) {}

  /** Drops the idle connections that must not be used again. */
  async prune(agents: readonly (Agent | undefined)[]): Promise<void> {
    const idle = this.clock() - this.#lastUsed;
    if (idle < 0 || idle >= IDLE_LIMIT) {
      destroyAll(freeSockets(agents));
    }
    if (freeSockets(agents).length > 0) {
      // The second turn is certain to poll for what has arrived in the meantime.
      await nextTurn();
      await nextTurn();
      destroyAll(freeSockets(agents).filter(({ readable, writable }) => !readable || !writable));
    }
  }

  /** Records that a connection has been used. */
  used(): void {
    this.#lastUsed = this.clock();
  }
}

function freeSockets(agents: readonly (Agent | undefined)[]): Socket[] {
  return agents.flatMap((agent) => Object.values(agent?.freeSockets ?? {}).flatMap((sockets) => sockets ?? []));
}

function destroyAll(sockets: readonly Socket[]): void {
  for (const socket of sockets) {
    socket.destroy();
  }
}
