/** A property in an OpenAPI document: the members of its schema object, and whether it is required. */
export interface PropertySchema {
  /** Returns the class of the property. A function, because the class may be declared later. */
  readonly type: () => unknown;
  readonly required: boolean;
  readonly description: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly isArray?: boolean;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly additionalProperties?: boolean | { readonly type: string };
  readonly items?: { readonly type: string; readonly enum: readonly unknown[] };
  readonly oneOf?: readonly Reference[];
  readonly discriminator?: Discriminator;
}

/** A reference to a schema of the document. */
export interface Reference {
  readonly $ref: string;
}

/** Which property tells alternatives apart, and the alternative of each of its values. */
export interface Discriminator {
  readonly propertyName: string;
  readonly mapping: Readonly<Record<string, string>>;
}

/** The schemas of a class. */
export type SchemaByProperty = Readonly<Record<string, PropertySchema>>;

/**
 * The static method that the compiler plugin of @nestjs/swagger adds to a class. With it the classes appear in OpenAPI
 * documents, and this package does not depend on @nestjs/swagger.
 */
const METADATA_FACTORY = '_OPENAPI_METADATA_FACTORY';

/** The metadata key of `@ApiExtraModels()`. */
const EXTRA_MODELS = 'swagger/apiExtraModels';

/** What is said of a property whatever its type. */
export interface PropertyDescription extends Pick<PropertySchema, 'description' | 'example' | 'default'> {
  /** Whether the property may be absent. Default: never. */
  readonly optional?: unknown;
  readonly nullable?: boolean | undefined;
}

/** The schema of a property with its description. Of what is left out the document has no member. */
export function describedSchema(
  schema: Omit<PropertySchema, 'description' | 'required'>,
  { description, example, default: standard, optional, nullable }: PropertyDescription,
): PropertySchema {
  return {
    ...schema,
    description,
    required: optional === undefined,
    ...(nullable !== undefined && { nullable }),
    ...(example !== undefined && { example }),
    ...(standard !== undefined && { default: standard }),
  };
}

/** Adds a property to the OpenAPI schema of a class. @nestjs/swagger itself adds the inherited properties. */
export function recordSchema(prototype: object, property: string, schema: PropertySchema): void {
  const type = prototype.constructor;
  // @nestjs/swagger treats a function as a lazy class reference only if its name is `type`.
  const own = { ...schema, type: () => schema.type() };
  const known = ownSchemas(type);
  // Writable, because subclasses that the plugin compiled assign their own method.
  Object.defineProperty(type, METADATA_FACTORY, {
    value: (): SchemaByProperty => ({ ...known, [property]: own }),
    configurable: true,
    writable: true,
  });
}

/** Adds classes to the document that only a `$ref` of this class mentions. */
export function recordReferences(prototype: object, types: readonly object[]): void {
  Reflect.defineMetadata(EXTRA_MODELS, types, prototype.constructor);
}

/** A reference to the schema of a class. */
export function referenceTo({ name }: { readonly name: string }): Reference {
  return { $ref: `#/components/schemas/${name}` };
}

/**
 * The schema of a union.
 *
 * @param propertyName - the property that tells the classes apart.
 * @param types - the class of each value of that property.
 */
export function unionOf(
  propertyName: string,
  types: Readonly<Record<string, { readonly name: string }>>,
): { readonly oneOf: readonly Reference[]; readonly discriminator: Discriminator } {
  const mapping = Object.fromEntries(Object.entries(types).map(([value, type]) => [value, referenceTo(type).$ref]));
  const oneOf = [...new Set(Object.values(types))].map(referenceTo);
  return { oneOf, discriminator: { propertyName, mapping } };
}

/** The properties of a class and of those that it extends. */
export function schemasOf(type: object): SchemaByProperty {
  const parent: unknown = Object.getPrototypeOf(type);
  const inherited = typeof parent === 'function' ? schemasOf(parent) : {};
  return { ...inherited, ...ownSchemas(type) };
}

function ownSchemas(type: object): SchemaByProperty {
  const factory: unknown = Object.getOwnPropertyDescriptor(type, METADATA_FACTORY)?.value;
  return typeof factory === 'function' ? (factory as () => SchemaByProperty)() : {};
}
