import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves a key set on this machine, counts the requests, and can be made to fail. */
export class JwksServer {
  requests = 0;
  readonly #server: Server;
  #answer: RequestListener = () => undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.requests++;
      this.#answer(request, response);
    });
  }

  static async start(jwks: object): Promise<JwksServer> {
    const server = new JwksServer();
    server.serve(jwks);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get uri(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/.well-known/jwks.json`;
  }

  serve(jwks: object): void {
    this.answer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks));
    });
  }

  answer(listener: RequestListener): void {
    this.#answer = listener;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
