import 'reflect-metadata';

import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { ReportsModule } from './reports.module.js';

const app = await NestFactory.create(ReportsModule, new FastifyAdapter({ forceCloseConnections: true }), {
  logger: ['error', 'warn'],
});
await app.listen(Number(process.env['PORT'] ?? 3003), '127.0.0.1');
process.once('SIGINT', () => void app.close().then(() => process.exit(0)));
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
console.log(`reports is at ${await app.getUrl()}`);
