import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';

/** The application, not yet listening. Instances share only their environment. */
export async function createApp(): Promise<INestApplication> {
  return NestFactory.create(AppModule, { forceCloseConnections: true, logger: ['error', 'warn'] });
}
