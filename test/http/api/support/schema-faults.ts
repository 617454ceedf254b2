import type { Schema, Schemas } from '../../../dto/documents.js';

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

interface Members {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Schema>>;
  readonly isOpen: boolean;
}

/**
 * What of a JSON value does not fit a schema of an OpenAPI document, as paths. Members that the schema does not mention are
 * faults too, although JSON Schema allows them: a response shows nothing that is not documented.
 */
export function schemaFaults(value: unknown, schema: Schema, schemas: Schemas, path = '$'): readonly string[] {
  if (value === null && 'nullable' in schema) {
    return [];
  }
  const alternatives = schema.oneOf;
  if (alternatives) {
    const fitting = alternatives.filter((alternative) => schemaFaults(value, alternative, schemas, path).length === 0);
    return fitting.length === 1 ? [] : [`${path} fits ${String(fitting.length)} alternatives`];
  }
  const parts = partsOf(schema, schemas);
  return [
    ...parts.flatMap((part) => ownFaults(value, part, path)),
    ...(TYPES['object']?.(value) ? memberFaults(value as Record<string, unknown>, parts, schemas, path) : []),
    ...(Array.isArray(value)
      ? value.flatMap((item, index) =>
          parts.flatMap(({ items = {} }) => schemaFaults(item, items, schemas, `${path}[${String(index)}]`)),
        )
      : []),
  ];
}

/** The schemas that hold together: behind a reference, and all of `allOf`. */
function partsOf({ $ref, allOf, ...schema }: Schema, schemas: Schemas): readonly Schema[] {
  const referred = $ref === undefined ? undefined : schemas[$ref.replace('#/components/schemas/', '')];
  if ($ref !== undefined && referred === undefined) {
    throw new Error(`The document lacks the schema ${$ref}.`);
  }
  return [
    schema,
    ...(referred ? partsOf(referred, schemas) : []),
    ...(allOf ?? []).flatMap((part) => partsOf(part, schemas)),
  ];
}

function ownFaults(value: unknown, { type, enum: choices }: Schema, path: string): readonly string[] {
  return [
    ...(type !== undefined && TYPES[type]?.(value) !== true ? [`${path} is no ${type}`] : []),
    ...(choices !== undefined && !choices.includes(value) ? [`${path} is "${String(value)}", none of its values`] : []),
  ];
}

function memberFaults(
  value: Readonly<Record<string, unknown>>,
  parts: readonly Schema[],
  schemas: Schemas,
  path: string,
): readonly string[] {
  const { required, properties, isOpen } = membersOf(parts);
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const known = parts.flatMap((part) => (part.properties?.[name] ? [part.properties[name]] : []));
      return name in properties || isOpen
        ? known.flatMap((schema) => schemaFaults(member, schema, schemas, `${path}.${name}`))
        : [`${path}.${name} is not documented`];
    }),
  ];
}

function membersOf(parts: readonly Schema[]): Members {
  return {
    required: parts.flatMap(({ required = [] }) => required),
    properties: Object.assign({}, ...parts.map(({ properties = {} }) => properties)) as Members['properties'],
    isOpen: parts.some(({ additionalProperties = false }) => additionalProperties !== false),
  };
}
