import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

import { MandateArgumentError } from '../../errors/argument-error.js';

/** Longer than clients keep idle connections, so that the server never closes one while a request is on its way. */
const KEEP_ALIVE_MILLISECONDS = 120_000;

/** A certificate and its private key, PEM. */
export interface ServerTls {
  readonly key: string;
  readonly cert: string;
}

/**
 * Starts a server that listens and answers nothing yet.
 *
 * @param port - 0 selects any free port.
 * @param tls - default: plain HTTP.
 * @throws MandateArgumentError for `port` or `host`, if the server cannot listen there, and for an unusable `tls`.
 */
export async function listeningServer(port: number, host: string, tls?: ServerTls): Promise<Server> {
  const options = { keepAliveTimeout: KEEP_ALIVE_MILLISECONDS };
  const server = tls === undefined ? createServer(options) : secureServer(options, tls);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenError(error, port, host));
    });
    server.listen(port, host, resolve);
  });
  return server;
}

function secureServer(options: { readonly keepAliveTimeout: number }, { key, cert }: ServerTls): Server {
  try {
    return createTlsServer({ ...options, key, cert });
  } catch {
    throw new MandateArgumentError(
      'tls',
      'must have a private key and its certificate, both as PEM text, but Node.js cannot read them',
    );
  }
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new MandateArgumentError(
        'port',
        `must be free, but ${port} is in use on ${host}. Choose another port, or 0 for any free one`,
      );
    case 'EACCES':
      return new MandateArgumentError(
        'port',
        `must be a port that this user may listen on, but ${port} requires more privileges. Choose a port above 1023`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new MandateArgumentError('host', `must be an address of this machine, not "${host}"`);
    default:
      return error;
  }
}
