import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Connects to an HTTP server of this machine and sends a request whose body never comes. A server that closes only idle
 * connections waits for it (Node: five minutes), longer than any test may run.
 */
export async function unfinishedRequest(port: number): Promise<{ readonly closed: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1');
  // The server may reset the connection, which is as good as closing it.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n');
  // "100 Continue" shows that the server has the request.
  await once(socket, 'data');
  return { closed: once(socket.resume(), 'close') };
}
