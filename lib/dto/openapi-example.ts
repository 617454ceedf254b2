import 'reflect-metadata';

import { schemasOf, type PropertySchema } from './openapi-schema.js';

/** The metadata key of `@ApiSchema()`. */
const API_SCHEMA = 'swagger/apiSchema';

/** The metadata keys of `@ApiProperty()`: the names of the properties, each after a colon, and each one's schema. */
const API_PROPERTY_NAMES = 'swagger/apiModelPropertiesArray';
const API_PROPERTY = 'swagger/apiModelProperties';

/** An optional property that the example has nevertheless. */
const IN_EXAMPLE = 'mandate:in-example';

type ExampleSchema = Partial<Omit<PropertySchema, 'type'>> & { readonly type?: unknown };

/**
 * Gives the schema of a class an example. Without one, Swagger UI fills its request with every property, optional ones
 * too: a session that no sign-up returned makes the request fail.
 */
export function recordExample(prototype: object): void {
  const type = prototype.constructor;
  if (!Reflect.hasOwnMetadata(API_SCHEMA, type)) {
    // A getter: at this moment the class has not all of its properties, and nested classes may not exist.
    const schema = {
      get example() {
        return exampleOf(type);
      },
    };
    Reflect.defineMetadata(API_SCHEMA, [schema], type);
  }
}

/** Makes an optional property part of the example of its class. */
export function recordInExample(prototype: object, property: string): void {
  Reflect.defineMetadata(IN_EXAMPLE, true, prototype, property);
}

/**
 * A body that works: the required properties of a class, and optional ones that a useful request has. Subclasses may
 * add properties and change examples with `@ApiProperty()`.
 */
export function exampleOf(type: object): Readonly<Record<string, unknown>> {
  const { prototype } = type as { readonly prototype: object };
  const shown = Object.entries(propertiesOf(type, prototype)).filter(
    ([name, { required }]) => required !== false || Reflect.getMetadata(IN_EXAMPLE, prototype, name) === true,
  );
  return Object.fromEntries(shown.map(([name, schema]) => [name, valueOf(schema)]));
}

function propertiesOf(type: object, prototype: object): Readonly<Record<string, ExampleSchema>> {
  const names = (Reflect.getMetadata(API_PROPERTY_NAMES, prototype) ?? []) as readonly string[];
  const declared = names.map((name) => {
    const property = name.slice(1);
    return [property, Reflect.getMetadata(API_PROPERTY, prototype, property) as ExampleSchema] as const;
  });
  const own: Record<string, ExampleSchema> = { ...schemasOf(type) };
  for (const [name, schema] of declared) {
    own[name] = { ...own[name], ...schema };
  }
  return own;
}

function valueOf({ example, default: standard, enum: choices, isArray, type }: ExampleSchema): unknown {
  const given = example ?? standard ?? (isArray === true ? [] : choices?.[0]);
  if (given !== undefined) {
    return given;
  }
  const resolved: unknown = isLazy(type) ? type() : type;
  return typeof resolved === 'function' ? (PRIMITIVES.get(resolved) ?? exampleOf(resolved)) : null;
}

const PRIMITIVES: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  [String, 'text'],
  [Number, 0],
  [Boolean, true],
]);

function isLazy(type: unknown): type is () => unknown {
  return typeof type === 'function' && type.name === 'type';
}
