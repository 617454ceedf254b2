import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';

import { AppModule } from './app.module.js';

/**
 * The application with its page, not yet listening.
 *
 * @param assets - Folder of the script and the style sheet.
 */
export async function createApp(assets: string): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    forceCloseConnections: true,
    logger: ['error', 'warn'],
  });
  app.useStaticAssets(assets);
  return app;
}
