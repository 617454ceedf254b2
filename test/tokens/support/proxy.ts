import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** An HTTP proxy on this machine. Whatever host it is asked for, it connects to this machine at the port named. */
export class Proxy {
  /** What it was asked for: `CONNECT host:port` or `GET url`. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket | Duplex>();

  private constructor() {
    this.#server = createServer((incoming, response) => {
      this.#forward(incoming, response);
    });
    this.#server.on('connect', (incoming: IncomingMessage, client: Duplex) => {
      this.#tunnel(incoming, client);
    });
  }

  static async start(): Promise<Proxy> {
    const proxy = new Proxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #tunnel({ url = '' }: IncomingMessage, client: Duplex): void {
    this.asked.push(`CONNECT ${url}`);
    const target = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    for (const socket of [client, target]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  }

  #forward({ url = '', method = '', headers }: IncomingMessage, response: ServerResponse): void {
    this.asked.push(`${method} ${url}`);
    const { port, pathname } = new URL(url);
    const { accept } = headers;
    request({ host: '127.0.0.1', port, path: pathname, headers: { accept }, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  }
}

/** An agent that reaches https endpoints through a proxy, as the packages of that name do. */
export class TunnelAgent extends Agent {
  constructor(
    private readonly proxyPort: number,
    options: AgentOptions = {},
  ) {
    super(options);
  }

  override createConnection(
    options: { host?: string; port?: number },
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const { host = '', port = 443 } = options;
    request({
      host: '127.0.0.1',
      port: this.proxyPort,
      method: 'CONNECT',
      path: `${host}:${String(port)}`,
      agent: false,
    })
      .on('connect', (_response, socket) => {
        callback?.(null, connectTls({ ...this.options, socket, servername: host }));
      })
      .end();
    return undefined;
  }
}
