import { createServer, connect, type AddressInfo, type Server } from 'node:net';

import { within } from '../../lib/time/within.js';

/** Blocks the event loop, as a large JSON text or a synchronous call does. */
function stall(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const late = () => new Error('late');

describe('within, when the event loop stalls', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => new Promise((resolve) => server.close(resolve)));

  /** Sends a line to a server and resolves with its reply. */
  async function ask(): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write('ping'));
      socket.on('error', reject).once('data', (reply) => {
        socket.destroy();
        resolve(reply.toString());
      });
    });
  }

  it('does not count the time in which the process could not run', async () => {
    const replies = Array.from({ length: 20 }, async () => within(1_000, ask(), late));
    stall(1_100);
    await expect(Promise.all(replies)).resolves.toEqual(Array(20).fill('ping'));
  });

  it('gives what has arrived in the meantime precedence over the time', async () => {
    const waiting = new Promise<string>((resolve) => setTimeout(() => setImmediate(resolve, 'ping'), 1));
    const outcome = within(1, waiting, late);
    stall(50);
    await expect(outcome).resolves.toBe('ping');
  });

  it('ends with the reason of a signal', async () => {
    const controller = new AbortController();
    const outcome = within(60_000, new Promise<never>(() => undefined), late, controller.signal);
    controller.abort(new Error('closed'));
    await expect(outcome).rejects.toThrow('closed');
    await expect(within(60_000, new Promise<never>(() => undefined), late, controller.signal)).rejects.toThrow(
      'closed',
    );
  });
});
