import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServerResponse } from 'node:http';

import { AppModule } from './app.module.js';

/**
 * The application with its page, not yet listening.
 *
 * @param pages - Folder of the page.
 */
export async function createApp(pages: string): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    forceCloseConnections: true,
    logger: ['error', 'warn'],
  });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useStaticAssets(pages, { setHeaders: setContentSecurityPolicy });
  return app;
}

/** The page keeps tokens in memory, so only its own scripts may run. */
function setContentSecurityPolicy(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'");
}
