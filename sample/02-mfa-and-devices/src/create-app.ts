import { type INestApplication, ValidationPipe } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import cookieParser from 'cookie-parser';

import { AppModule } from './app.module.js';

/** The application, not yet listening. Instances share only their environment. */
export async function createApp(): Promise<INestApplication> {
  const app = await NestFactory.create(AppModule, { forceCloseConnections: true, logger: ['error', 'warn'] });
  app.use(cookieParser(app.get(ConfigService).getOrThrow<string>('COOKIE_SECRET')));
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  return app;
}
