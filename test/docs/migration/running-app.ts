import type { INestApplication, ModuleMetadata, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';

/** Applications of a test file, which all end together. */
export class RunningApps {
  private readonly apps: INestApplication[] = [];

  async start(module: Type<unknown> | ModuleMetadata): Promise<INestApplication> {
    const metadata = typeof module === 'function' ? { imports: [module] } : module;
    const testing = await Test.createTestingModule(metadata).compile();
    const app = await testing.createNestApplication({ logger: false }).init();
    this.apps.push(app);
    return app;
  }

  async stop(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.close()));
  }
}

/** A GET request with a bearer token, or without one. */
export function get(app: INestApplication, path: string, token?: string): request.Test {
  const call = request(app.getHttpServer()).get(path);
  return token === undefined ? call : call.auth(token, { type: 'bearer' });
}
