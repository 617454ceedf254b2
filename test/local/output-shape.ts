import * as Sdk from '@aws-sdk/client-cognito-identity-provider';

/** A schema of the SDK: a number for a simple type, a list for a structure, list, map or type with traits, or a function. */
type Schema = number | 'unit' | readonly unknown[] | (() => Schema);

const [LIST, MAP, STRUCTURE, OPERATION] = [1, 2, 3, 9] as const;
/** Added to a simple type: a list or a map of it. */
const [LIST_OF, MAP_OF] = [64, 128] as const;

const SIMPLE_TYPES: Readonly<Record<number, (value: unknown) => boolean>> = {
  0: (value) => typeof value === 'string',
  1: (value) => typeof value === 'number',
  2: (value) => typeof value === 'boolean',
  4: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  15: () => true,
  21: (value) => value instanceof Uint8Array,
};

/** Where an output of the SDK differs from the model: required members that are absent, and values of another type. */
export function problemsOfOutput(operation: string, output: object): string[] {
  const schema = (Sdk as Readonly<Record<string, unknown>>)[`${operation}$`] as readonly unknown[] | undefined;
  if (schema?.[0] !== OPERATION) {
    throw new Error(`The SDK has no schema of ${operation}.`);
  }
  return problems(schema[5] as Schema, output, operation);
}

function problems(schema: Schema, value: unknown, path: string): string[] {
  if (typeof schema === 'function') {
    return problems(schema(), value, path);
  }
  if (schema === 'unit') {
    return [];
  }
  if (typeof schema === 'number') {
    return simpleProblems(schema, value, path);
  }
  if (typeof schema[1] !== 'string') {
    // A schema with the traits of a member. All others have a namespace.
    return problems(schema[0] as Schema, value, path);
  }
  switch (schema[0]) {
    case STRUCTURE:
      return structureProblems(schema, value, path);
    case LIST:
      return listProblems(schema[4] as Schema, value, path);
    case MAP:
      return mapProblems(schema[5] as Schema, value, path);
    default:
      return problems(schema[4] as Schema, value, path);
  }
}

function simpleProblems(type: number, value: unknown, path: string): string[] {
  if (type >= MAP_OF) {
    return mapProblems(type - MAP_OF, value, path);
  }
  if (type >= LIST_OF) {
    return listProblems(type - LIST_OF, value, path);
  }
  return SIMPLE_TYPES[type]?.(value) === true ? [] : [`${path}: ${typeof value} is not of type ${type}`];
}

function structureProblems(schema: readonly unknown[], value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) {
    return [`${path}: not a structure`];
  }
  const [, , , , names = [], types = [], required = 0] = schema as [0, 0, 0, 0, string[]?, Schema[]?, number?];
  return names.flatMap((name, index) => {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member === undefined) {
      return index < required ? [`${path}.${name}: required and absent`] : [];
    }
    return problems(types[index] ?? 0, member, `${path}.${name}`);
  });
}

function listProblems(element: Schema, value: unknown, path: string): string[] {
  return Array.isArray(value)
    ? value.flatMap((item, index) => problems(element, item, `${path}[${index}]`))
    : [`${path}: not a list`];
}

function mapProblems(element: Schema, value: unknown, path: string): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => problems(element, item, `${path}.${key}`))
    : [`${path}: not a map`];
}
