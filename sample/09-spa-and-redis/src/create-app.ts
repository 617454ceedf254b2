import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { join } from 'node:path';

import { AppModule } from './app.module.js';

/** The API and its front end, not yet listening. Instances share only Redis. */
export async function createApp(): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule,
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: ['error', 'warn'] },
  );
  app.useStaticAssets({ root: join(import.meta.dirname, '..', 'public'), prefix: '/' });
  return app;
}
