import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

import { JwksServer } from './jwks-server.js';

/** What an address answers: a key set, or the status of a refusal. */
type Answer = object | number;

/** Stands in for the hosts of Amazon Cognito: what is asked of them over https is answered by a server of this machine. */
export class CognitoHosts {
  /** The addresses that were asked, in order. */
  readonly asked: string[] = [];

  private constructor(private readonly server: JwksServer) {}

  static async start(answerOf: (address: string) => Answer): Promise<CognitoHosts> {
    const server = await JwksServer.start({});
    const hosts = new CognitoHosts(server);
    const { port } = new URL(server.uri);
    const request = (options: RequestOptions, listener: (response: IncomingMessage) => void) => {
      const address = `https://${String(options.hostname)}${String(options.path)}`;
      hosts.asked.push(address);
      return http.request({ port, path: `/?${address}`, method: 'GET' }, listener);
    };
    jest.spyOn(https, 'request').mockImplementation(request as typeof https.request);
    server.answer(({ url = '' }, response) => {
      const answer = answerOf(url.slice(2));
      response.writeHead(typeof answer === 'number' ? answer : 200).end(JSON.stringify(answer));
    });
    return hosts;
  }

  async stop(): Promise<void> {
    jest.restoreAllMocks();
    await this.server.stop();
  }
}
