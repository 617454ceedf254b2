import 'reflect-metadata';

import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';

/** The parts of an event of API Gateway (payload format 2.0) that are read here. */
export interface HttpEvent {
  readonly rawPath: string;
  readonly rawQueryString?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: { readonly http: { readonly method: string } };
}

let starting: Promise<string> | undefined;

/** The application, listening in this process alone. It starts once and serves all calls of the instance. */
async function origin(): Promise<string> {
  const app: INestApplication = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

export async function handler(event: HttpEvent) {
  starting ??= origin();
  const { rawPath, rawQueryString = '', headers, cookies = [], requestContext } = event;
  const response = await fetch(`${await starting}${rawPath}${rawQueryString && '?'}${rawQueryString}`, {
    method: requestContext.http.method,
    redirect: 'manual',
    headers: { ...withoutConnection(headers), ...(cookies.length > 0 && { cookie: cookies.join('; ') }) },
    ...(event.body !== undefined && { body: Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') }),
  });
  return {
    statusCode: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie')),
    cookies: response.headers.getSetCookie(),
    body: await response.text(),
  };
}

/** Without headers that belong to the connection to API Gateway; `fetch` sets its own. */
function withoutConnection(headers: Readonly<Record<string, string>>): Record<string, string> {
  const names = ['connection', 'content-length', 'host', 'transfer-encoding'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}
