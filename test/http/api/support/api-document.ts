import { type DynamicModule, type INestApplication, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import type { AuthApiDelivery } from '../../../../lib/http/index.js';
import { MandateAuthApiModule } from '../../../../lib/http/index.js';
import { MandateModule } from '../../../../lib/module/mandate.module.js';
import type { Schema } from '../../../dto/documents.js';
import { type ApiOptions, SESSION } from './api-app.js';

/** The members of an operation that the tests read. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security?: readonly object[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, ApiResponse>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
}

export interface ApiResponse {
  readonly description: string;
  readonly headers?: object;
  readonly content?: Content;
}

type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;

/** A pool that nothing connects to. */
export const POOL = {
  userPoolId: 'eu-west-1_Pool00001',
  clientId: '7exampleclientid012345678',
  guardCoverage: 'unchecked',
} as const;

/** The module of one API, with sessions where the delivery needs them. */
export async function apiModule(delivery: AuthApiDelivery, options: ApiOptions = {}): Promise<DynamicModule> {
  const sessions = delivery === 'cookie' && options.sharedSession === undefined ? { session: SESSION } : {};
  return MandateAuthApiModule.forRoot({ delivery, throttle: null, ...sessions, ...options });
}

/** The OpenAPI document of an application, made before it is initialized, as `main.ts` does. */
export async function documentOf(
  metadata: ModuleMetadata,
  configure: (app: INestApplication) => void = () => undefined,
): Promise<OpenAPIObject> {
  class AppModule {}
  const app = await NestFactory.create({ module: AppModule, ...metadata }, new ExpressAdapter(), {
    logger: false,
    abortOnError: false,
  });
  try {
    configure(app);
    return SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Test').setVersion('1').build());
  } finally {
    await app.close();
  }
}

/** The document of one API. */
export async function apiDocument(delivery: AuthApiDelivery, options?: ApiOptions): Promise<OpenAPIObject> {
  return documentOf({ imports: [MandateModule.forRoot(POOL), apiModule(delivery, options)] });
}

/** The operations by method and path, such as `POST /auth/register`. */
export function operationsOf({ paths }: OpenAPIObject): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    ),
  );
}

/** The operations by the names of their routes. */
export function byRoute(document: OpenAPIObject): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.values(operationsOf(document)).map((operation) => [operation.operationId, operation]),
  );
}

/** The codes that a response of an operation can have. */
export function codesOf({ responses }: Operation, status: number): readonly unknown[] {
  const [content] = Object.values(responses[status]?.content ?? {});
  return content?.schema.allOf?.[1]?.properties?.['code']?.enum ?? [];
}
