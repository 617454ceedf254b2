import type { DynamicModule, INestApplication, ModuleMetadata } from '@nestjs/common';
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
  const app = await NestFactory.create(
    { module: class AppModule extends Object {}, ...metadata },
    new ExpressAdapter(),
    {
      logger: false,
      abortOnError: false,
    },
  );
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

/** Finds the operations of a document by their ids, which have to exist. */
export function byId(document: OpenAPIObject): (id: string) => Operation {
  const operations = Object.values(operationsOf(document));
  return (id) => {
    const found = operations.find(({ operationId }) => operationId === id);
    if (found === undefined) {
      throw new Error(`The document has no operation "${id}".`);
    }
    return found;
  };
}

/** A schema as text: its class, with `[]` for a list, `?` for one that may be null, and `|` between those of a union. */
export function shown({ $ref, items, allOf, oneOf, ...schema }: Schema = {}): string {
  if (items) {
    return `${shown(items)}[]`;
  }
  if (oneOf) {
    return oneOf.map(shown).join('|');
  }
  return allOf
    ? `${allOf.map(shown).join('&')}${'nullable' in schema ? '?' : ''}`
    : ($ref ?? '').replace('#/components/schemas/', '');
}

/** The class of an operation's body. */
export function bodyOf({ requestBody }: Operation): string | undefined {
  const schema = requestBody?.content['application/json']?.schema;
  return schema && shown(schema);
}

/** The status of an operation's success, and its schema. */
export function successOf({ responses }: Operation): readonly [status: number, schema?: string] {
  const [[status, response] = ['0', undefined]] = Object.entries(responses);
  const schema = response?.content?.['application/json']?.schema;
  return schema === undefined ? [Number(status)] : [Number(status), shown(schema)];
}

/** The names of the headers that an operation needs as parameters. */
export function headersOf({ parameters }: Operation): readonly string[] {
  return parameters.filter(({ in: place, required }) => place === 'header' && required).map(({ name }) => name);
}

/** The codes that a response of an operation can have. */
export function codesOf({ responses }: Operation, status: number): readonly unknown[] {
  const [content] = Object.values(responses[status]?.content ?? {});
  return content?.schema.allOf?.[1]?.properties?.['code']?.enum ?? [];
}
