import type { NestExpressApplication } from '@nestjs/platform-express';
import { createServer, type RequestListener } from 'node:http';

/**
 * Listens on both addresses that `localhost` stands for, and on no address that other machines can reach.
 *
 * @returns what stops the application.
 */
export async function listenOnLocalhost(app: NestExpressApplication, port: number): Promise<() => Promise<void>> {
  await app.listen(port, '127.0.0.1');
  // Where IPv6 is off, the name has one address.
  const second = createServer(app.getHttpAdapter().getInstance() as RequestListener);
  await new Promise<void>((resolve, reject) => {
    second.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(error);
      } else {
        resolve();
      }
    });
    second.listen({ port, host: '::1', ipv6Only: true }, resolve);
  });
  return async () => {
    second.close();
    second.closeAllConnections();
    await app.close();
  };
}
