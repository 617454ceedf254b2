import type { Server } from 'node:http';

import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';

/** An application that listens on a free port of this machine. */
export async function startApp(metadata: ModuleMetadata): Promise<INestApplication> {
  const module = await Test.createTestingModule(metadata).compile();
  const app = module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Calls an application, with a bearer token if there is one. */
export function caller(app: INestApplication, path: string, token?: string): request.Test {
  const call = request(app.getHttpServer() as Server).get(path);
  return token === undefined ? call : call.auth(token, { type: 'bearer' });
}

/** What an application answers: the status, and the code of a refusal or the body. */
export async function answerOf(app: INestApplication, path: string, token?: string): Promise<[number, unknown]> {
  const { status, body } = await caller(app, path, token);
  return [status, (body as { code?: string }).code ?? body];
}
