import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between an application and its Cognito, and records which operations are asked for. */
export class RecordingProxy {
  /** The bodies of all requests. */
  readonly bodies: string[] = [];
  readonly #operations: string[] = [];
  readonly #server: Server;

  private constructor(target: string) {
    this.#server = createServer((incoming, outgoing) => {
      this.#operations.push(String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '');
      const { method, url, headers } = incoming;
      const forwarded = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on('error', () => outgoing.destroy());
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => this.bodies.push(Buffer.concat(chunks).toString()));
      incoming.pipe(forwarded);
    });
  }

  /** @param target - the endpoint of an embedded Cognito. */
  static async start(target: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** The operations since the last call of this method. */
  take(): readonly string[] {
    return this.#operations.splice(0);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
