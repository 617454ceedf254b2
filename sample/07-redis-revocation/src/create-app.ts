import { type INestApplication, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';

/** The application, not yet listening. Instances share only Redis. */
export async function createApp(): Promise<INestApplication> {
  const app = await NestFactory.create(AppModule, { forceCloseConnections: true, logger: ['error', 'warn'] });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  return app;
}
