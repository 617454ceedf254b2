import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface RecordedRequest {
  readonly operation: string;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingMessage['headers'];
}

/** How the fake answers one request. */
export type Reply = (response: ServerResponse, request: RecordedRequest) => void;

/** A result. */
export function json(body: unknown, status = 200): Reply {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': 'request-1' });
    response.end(JSON.stringify(body));
  };
}

/** An exception, as the service sends them. */
export function exception(name: string, message: string, status = 400): Reply {
  return (response) => {
    response.writeHead(status, {
      'Content-Type': 'application/x-amz-json-1.1',
      'x-amzn-ErrorType': `${name}:`,
      'x-amzn-RequestId': 'request-1',
    });
    response.end(JSON.stringify({ __type: name, message }));
  };
}

/** Anything else. */
export function raw(body: string, status = 200, contentType = 'text/html'): Reply {
  return (response) => {
    response.writeHead(status, { 'Content-Type': contentType });
    response.end(body);
  };
}

/** The connection breaks after the request was read: nobody knows whether it was carried out. */
export function reset(): Reply {
  return (response) => {
    response.socket?.resetAndDestroy();
  };
}

/** The connection breaks in the middle of the answer. */
export function cutShort(body: string): Reply {
  return (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1', 'Content-Length': body.length + 100 });
    response.write(body, () => response.socket?.destroy());
  };
}

/** No answer at all. */
export function silence(): Reply {
  return () => undefined;
}

/** A server that speaks AWS JSON and answers what the test told it to, in order; the last reply goes on for ever. */
export class FakeService {
  readonly requests: RecordedRequest[] = [];
  private readonly replies = new Map<string, Reply[]>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeService> {
    const server = createServer();
    const service = new FakeService(server);
    server.on('request', (request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        service.handle(request, text, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the operation is answered with, in order. */
  on(operation: string, ...replies: Reply[]): this {
    this.replies.set(operation, replies);
    return this;
  }

  /** The bodies of all requests for an operation. */
  sent(operation: string): Record<string, unknown>[] {
    return this.requests.filter((request) => request.operation === operation).map(({ body }) => body);
  }

  /** Called for each connection. */
  onConnection(listener: () => unknown): void {
    this.server.on('connection', listener);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(request: IncomingMessage, text: string, response: ServerResponse): void {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const recorded = { operation, body: JSON.parse(text) as Record<string, unknown>, headers: request.headers };
    this.requests.push(recorded);
    const replies = this.replies.get(operation) ?? [];
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    (reply ?? json({ __type: 'UnknownOperationException' }, 400))(response, recorded);
  }
}
