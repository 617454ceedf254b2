import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Runs in a thread of its own, so that it goes on while the event loop of the test stands still. */
const SERVER = `
const { createServer } = require('node:http');
const { parentPort, workerData: done } = require('node:worker_threads');
const sockets = new Set();
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  request.resume().on('end', () => response.end('{"UserSub":"sub","Username":"ann","AuthenticationResult":' +
    '{"AccessToken":"a","IdToken":"i","RefreshToken":"r","ExpiresIn":3600}}'));
});
server.keepAliveTimeout = 0;
server.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.on('message', (how) => {
  if (how === 'count') {
    return parentPort.postMessage(requests);
  }
  let open = sockets.size;
  for (const socket of sockets) {
    socket.on('close', () => {
      open -= 1;
      if (open === 0) {
        Atomics.store(done, 0, 1);
        Atomics.notify(done, 0);
      }
    });
    if (how === 'reset') socket.resetAndDestroy(); else socket.destroy();
  }
});
`;

/** How the peer closes its connections: with TCP's FIN, or with RST. */
export type Closing = 'close' | 'reset';

/** A service that answers every operation, and closes its idle connections while the event loop here is blocked. */
export class PeerThread {
  readonly #done = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker = new Worker(SERVER, { eval: true, workerData: this.#done });
  #port = 0;

  static async start(): Promise<PeerThread> {
    const peer = new PeerThread();
    [peer.#port] = (await once(peer.#worker, 'message')) as [number];
    return peer;
  }

  get port(): number {
    return this.#port;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Returns once all connections are closed, and before the event loop of this thread can have noticed. */
  closeConnections(how: Closing): void {
    this.#worker.postMessage(how);
    Atomics.wait(this.#done, 0, 0);
    Atomics.store(this.#done, 0, 0);
  }

  /** The number of requests that arrived. */
  async requests(): Promise<number> {
    this.#worker.postMessage('count');
    return ((await once(this.#worker, 'message')) as [number])[0];
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
