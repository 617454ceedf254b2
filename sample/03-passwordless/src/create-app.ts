import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServerResponse } from 'node:http';

import { AppModule } from './app.module.js';

/**
 * The application with its page; not yet listening.
 *
 * @param pages - the folder of the page.
 */
export async function createApp(pages: string): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    forceCloseConnections: true,
    logger: ['error', 'warn'],
  });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useStaticAssets(pages, { setHeaders: onlyOwnScripts });
  return app;
}

/** Tokens are in the page's memory: no script of anybody else may run in it. */
function onlyOwnScripts(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'");
}
