import type { Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

import { startBodiesApp } from './bodies-app.js';

/** The members of a schema object that the tests read. */
export interface Schema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: unknown;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: { readonly propertyName: string; readonly mapping: Readonly<Record<string, string>> };
}

export type Schemas = Readonly<Record<string, Schema>>;

/** The schemas of an OpenAPI document that mentions the classes, as @nestjs/swagger writes it. */
export async function schemasOf(...types: readonly Type<object>[]): Promise<Schemas> {
  const app = await startBodiesApp([]);
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build(), { extraModels: [...types] });
  await app.close();
  return document.components?.schemas as unknown as Schemas;
}

/** The names of the schemas that a schema refers to. */
export function references({ $ref, properties = {}, items, allOf = [], oneOf = [] }: Schema): readonly string[] {
  const below = [...Object.values(properties), ...(items ? [items] : []), ...allOf, ...oneOf];
  return [...($ref === undefined ? [] : [$ref.replace('#/components/schemas/', '')]), ...below.flatMap(references)];
}

/**
 * The value that Swagger UI fills in for a schema: an example, a default, the first value of an enum, the first
 * alternative, or all properties, optional ones too.
 */
export function sampleOf(schema: Schema, schemas: Schemas): unknown {
  const { $ref, example, default: standard, enum: choices, allOf, oneOf, properties, items, type } = schema;
  const given = example ?? standard ?? choices?.[0];
  if (given !== undefined) {
    return given;
  }
  const other = $ref === undefined ? (allOf?.[0] ?? oneOf?.[0]) : schemas[$ref.replace('#/components/schemas/', '')];
  if (other !== undefined) {
    return sampleOf(other, schemas);
  }
  if (properties) {
    return Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, sampleOf(member, schemas)]));
  }
  return items ? [sampleOf(items, schemas)] : `a dummy ${type ?? 'value'}`;
}
