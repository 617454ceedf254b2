import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { authSecuritySchemes } from 'mandate/http';
import type { ServerResponse } from 'node:http';

import { AppModule } from './app.module.js';

/** Folders of static files. */
export interface Assets {
  /** The front page. */
  readonly pages: string;
  /** ES modules from packages, by the name under which the page imports them. */
  readonly modules: Readonly<Record<'mandate' | 'qr', string>>;
}

/**
 * The application with its page at `/` and Swagger UI at `/docs`, not yet listening.
 *
 * @param module - what to add to the application for a demonstration. Default: nothing.
 */
export async function createApp(
  { pages, modules }: Assets,
  module: Type<unknown> | DynamicModule = AppModule,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    forceCloseConnections: true,
    logger: ['error', 'warn'],
  });
  app.useStaticAssets(pages, { setHeaders });
  for (const [name, folder] of Object.entries(modules)) {
    app.useStaticAssets(folder, { prefix: `/modules/${name}/`, index: false });
  }
  const description = {
    ...new DocumentBuilder().setTitle('mandate quick start').build(),
    components: { securitySchemes: authSecuritySchemes(app) },
  };
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description), {
    swaggerOptions: { requestInterceptor: addCsrfHeader },
  });
  return app;
}

/** Only the page's own scripts may run, and no other site may show it in a frame. */
function setHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'");
  response.setHeader('Cache-Control', 'no-cache');
}

/** Runs in the browser: pages of other sites cannot send the header. */
function addCsrfHeader(request: { headers: Record<string, string> }): object {
  request.headers['x-mandate-csrf'] = '1';
  return request;
}
