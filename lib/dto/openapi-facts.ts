/** What an OpenAPI document says about a property: the members of a schema object, and whether it must be there. */
export interface OpenApiFacts {
  /** A class; a function, because the class may be declared later. */
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
  readonly additionalProperties?: boolean;
  readonly oneOf?: readonly { readonly $ref: string }[];
}

type FactsByProperty = Readonly<Record<string, OpenApiFacts>>;

/**
 * Where @nestjs/swagger looks for what its compiler plugin found out about a class. Answering there makes the classes
 * show themselves in a document without an import of that package.
 */
const METADATA_FACTORY = '_OPENAPI_METADATA_FACTORY';

/** The metadata key of its `@ApiExtraModels()`. */
const EXTRA_MODELS = 'swagger/apiExtraModels';

/** Adds a property to what a class says about itself. What it inherits, @nestjs/swagger asks the parent for. */
export function recordFacts(prototype: object, property: string, facts: OpenApiFacts): void {
  const type = prototype.constructor;
  // @nestjs/swagger takes a function for a reference to a class only when its name is `type`.
  const own = { ...facts, type: () => facts.type() };
  const known = ownFacts(type);
  // Writable, because subclasses that the plugin compiled assign their own.
  Object.defineProperty(type, METADATA_FACTORY, {
    value: (): FactsByProperty => ({ ...known, [property]: own }),
    configurable: true,
    writable: true,
  });
}

/** Lets a class bring others into the document that only a `$ref` mentions. */
export function recordReferences(prototype: object, types: readonly object[]): void {
  Reflect.defineMetadata(EXTRA_MODELS, types, prototype.constructor);
}

/** The reference to a class in a document. */
export function referenceTo({ name }: { readonly name: string }): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function ownFacts(type: object): FactsByProperty {
  const factory: unknown = Object.getOwnPropertyDescriptor(type, METADATA_FACTORY)?.value;
  return typeof factory === 'function' ? (factory as () => FactsByProperty)() : {};
}
