import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServerResponse } from 'node:http';

import { AppModule } from './app.module.js';

/**
 * The application with its page, not yet listening.
 *
 * @param pages - Folder of the page.
 * @param client - Folder of the ES module `mandate/browser`.
 */
export async function createApp(pages: string, client: string): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    forceCloseConnections: true,
    logger: ['error', 'warn'],
  });
  app.useStaticAssets(pages, { setHeaders: setContentSecurityPolicy });
  app.useStaticAssets(client, { prefix: '/mandate/' });
  return app;
}

/** Only the page's own scripts may run. */
function setContentSecurityPolicy(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'");
}
