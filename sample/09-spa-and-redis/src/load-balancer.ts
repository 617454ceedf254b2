import { createServer, request, type Server } from 'node:http';

/** Sends each request to the next instance in turn, as a load balancer does that knows nothing of sessions. */
export function loadBalancer(instances: readonly string[]): Server {
  let turn = 0;
  return createServer((incoming, outgoing) => {
    const instance = instances[turn++ % instances.length] ?? '';
    const forwarded = request(
      new URL(incoming.url ?? '/', instance),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.once('error', () => {
      outgoing.writeHead(502).end();
    });
    incoming.pipe(forwarded);
  });
}
