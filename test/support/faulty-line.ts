import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What the line does to one request. */
export type Fault =
  /** The server carries it out, and the reply is lost. */
  | 'lose-reply'
  /** The connection breaks in the middle of the reply. */
  | 'cut-reply'
  /** The request never arrives. */
  | 'lose-request'
  /** The server is asked, and somebody in between answers 503. */
  | 'bad-gateway';

/** A line to an HTTP server on which replies get lost when a test wants it. Counts what arrives at the server. */
export class FaultyLine {
  /** The operations that reached the server, in order. */
  readonly arrived: string[] = [];
  private readonly faults: { readonly operation: string; readonly fault: Fault }[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {}

  static async to(target: string): Promise<FaultyLine> {
    const server = createServer();
    const line = new FaultyLine(server, target);
    server.on('request', (incoming, outgoing) => void line.pass(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Breaks the next request for the operation; call it again to break the one after it too. */
  break(operation: string, fault: Fault): void {
    this.faults.push({ operation, fault });
  }

  /** How often an operation reached the server. */
  count(operation: string): number {
    return this.arrived.filter((name) => name === operation).length;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const index = this.faults.findIndex((entry) => entry.operation === operation);
    const fault = index === -1 ? undefined : this.faults.splice(index, 1)[0]?.fault;
    const body = await buffer(incoming);
    if (fault === 'lose-request') {
      outgoing.socket?.resetAndDestroy();
      return;
    }
    this.arrived.push(operation);
    const reply = await this.forward(incoming, body);
    const content = await buffer(reply);
    switch (fault) {
      case 'lose-reply':
        outgoing.socket?.resetAndDestroy();
        return;
      case 'cut-reply':
        outgoing.writeHead(reply.statusCode ?? 200, reply.headers);
        outgoing.write(content.subarray(0, content.length / 2), () => outgoing.socket?.destroy());
        return;
      case 'bad-gateway':
        outgoing.writeHead(503, { 'Content-Type': 'text/html' }).end('<html>503</html>');
        return;
      case undefined:
        outgoing.writeHead(reply.statusCode ?? 200, reply.headers).end(content);
    }
  }

  private forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      send(new URL(url ?? '/', this.target), { method, headers }, resolve)
        .once('error', reject)
        .end(body);
    });
  }
}
