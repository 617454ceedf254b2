import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';

/** The application with GraphiQL at `/graphql`, not yet listening. */
export async function createApp(): Promise<INestApplication> {
  return NestFactory.create(AppModule, { forceCloseConnections: true, logger: ['error', 'warn'] });
}
