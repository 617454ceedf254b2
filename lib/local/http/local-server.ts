import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';

import { handleRequest } from './handle-request.js';
import { isLoopback, type ListeningHost, urlHost } from './host-names.js';
import { listeningServer, type ServerTls } from './listening-server.js';
import type { RequestOriginCheck } from './request-origin.js';
import type { Route } from './route.js';

/** An HTTP or HTTPS server that tries a list of routes in order. */
export class LocalServer {
  private routes: readonly Route[] = [];
  private check: RequestOriginCheck | undefined;

  private constructor(
    private readonly server: Server,
    private readonly host: string,
    private readonly scheme: 'http' | 'https',
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void handleRequest(this.routes, this.check, request, response);
    });
  }

  /**
   * Starts to listen. `serve` sets the routes.
   *
   * @param port - 0 selects any free port.
   * @param tls - default: plain HTTP.
   * @throws MandateArgumentError for `port` or `host`, if the server cannot listen there, and for an unusable `tls`.
   */
  static async listen(port: number, host: string, tls?: ServerTls): Promise<LocalServer> {
    return new LocalServer(await listeningServer(port, host, tls), host, tls === undefined ? 'http' : 'https');
  }

  /** Replaces the routes, and the check that comes before them. */
  serve(routes: readonly Route[], check?: RequestOriginCheck): void {
    this.routes = routes;
    this.check = check;
  }

  /** The port of the server, also when a free one was selected. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `http://host:port` or `https://host:port`. The wildcard addresses become the loopback address. */
  get origin(): string {
    return this.urlOf(isWildcard(this.host) ? '127.0.0.1' : this.host);
  }

  /** Where other machines reach the server first: its origin, or for a wildcard address that of a network interface. */
  get publicOrigin(): string {
    return this.addresses[1] ?? this.origin;
  }

  /** Where the server is reached: its origin, and for a wildcard address those of the network interfaces. */
  get addresses(): string[] {
    const others = isWildcard(this.host) ? interfaceAddresses(this.host) : [];
    return [this.origin, ...others.map((address) => this.urlOf(address))];
  }

  /** Where it listens, and whether that is out of reach of other machines. */
  get listeningHost(): ListeningHost {
    const { address } = this.server.address() as AddressInfo;
    return { host: this.host, isOpenToOthers: !isLoopback(address) };
  }

  private urlOf(host: string): string {
    return `${this.scheme}://${urlHost(host)}:${this.port}`;
  }

  /** Stops the server and closes open connections. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** The addresses of this machine in its networks: those of IPv4 first, and link-local ones never, as they need a zone. */
function interfaceAddresses(host: string): string[] {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^(?:fe[89ab][\da-f]:|169\.254\.)/i.test(address));
  const of = (kind: string) => found.filter(({ family }) => family === kind).map(({ address }) => address);
  return host === '::' ? [...of('IPv4'), ...of('IPv6')] : of('IPv4');
}
