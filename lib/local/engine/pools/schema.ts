import type { SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool, SchemaAttribute } from '../../model/pool.js';
import { assertConstraints, invalidSchema } from './schema-constraints.js';
import { IDENTITIES, isStandardAttribute, standardAttributes } from './standard-attributes.js';

const TYPES: readonly string[] = ['String', 'Number', 'DateTime', 'Boolean'];
/** The standard attributes do not count. */
const MAX_CUSTOM_ATTRIBUTES = 50;

/** The schema of a new pool: the standard attributes with the changes and additions of CreateUserPool's `Schema`. */
export function schemaOf(requested: readonly SchemaAttributeType[]): Map<string, SchemaAttribute> {
  const schema = new Map(standardAttributes().map((attribute) => [attribute.Name, attribute]));
  for (const attribute of requested) {
    const { Name: name = '' } = attribute;
    if (isStandardAttribute(name)) {
      schema.set(name, changeStandard(schema.get(name), attribute, name));
    } else {
      addCustomAttribute(schema, attribute);
    }
  }
  return schema;
}

/**
 * Adds custom attributes to the schema of a pool: all of them or none.
 *
 * @throws CognitoFault InvalidParameterException for a duplicate name, an invalid definition, or too many attributes.
 */
export function addCustomAttributes(pool: Pick<Pool, 'schema'>, attributes: readonly SchemaAttributeType[]): void {
  const schema = new Map(pool.schema);
  for (const attribute of attributes) {
    addCustomAttribute(schema, attribute);
  }
  schema.forEach((attribute, name) => pool.schema.set(name, attribute));
}

/** Adds `custom:<name>` (or `dev:custom:<name>`). */
function addCustomAttribute(schema: Map<string, SchemaAttribute>, attribute: SchemaAttributeType): void {
  if (attribute.Required) {
    throw invalidSchema('Required custom attributes are not supported currently.');
  }
  const prefix = attribute.DeveloperOnlyAttribute ? 'dev:custom:' : 'custom:';
  const name = prefix + (attribute.Name ?? '');
  if (schema.has(name)) {
    throw invalidSchema(`${name}: Existing attribute already has name ${name}.`);
  }
  if (!TYPES.includes(attribute.AttributeDataType ?? '')) {
    throw invalidSchema('Invalid AttributeDataType input, consider using the provided AttributeDataType enum.');
  }
  assertConstraints(name, attribute);
  assertRoom(schema);
  schema.set(name, {
    Name: name,
    AttributeDataType: attribute.AttributeDataType,
    DeveloperOnlyAttribute: attribute.DeveloperOnlyAttribute ?? false,
    Mutable: attribute.Mutable ?? true,
    Required: false,
    ...constraintsOf(attribute),
  });
}

/** The attribute of the schema that a request may set by this name. */
export function settableAttribute({ schema }: Pick<Pool, 'schema'>, name: string): SchemaAttribute | undefined {
  return name === IDENTITIES ? undefined : schema.get(name);
}

/** The attributes that a new user must have. Cognito sets `sub` itself. */
export function requiredAttributes({ schema }: Pick<Pool, 'schema'>): string[] {
  return [...schema.values()].filter(({ Name, Required }) => Required && Name !== 'sub').map(({ Name }) => Name);
}

function changeStandard(
  standard: SchemaAttribute | undefined,
  change: SchemaAttributeType,
  name: string,
): SchemaAttribute {
  const changesType =
    change.AttributeDataType !== undefined && change.AttributeDataType !== standard?.AttributeDataType;
  if (changesType || change.DeveloperOnlyAttribute) {
    throw invalidSchema(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${name}`,
    );
  }
  assertConstraints(name, change);
  return {
    ...standard,
    Name: name,
    Required: change.Required ?? standard?.Required ?? false,
    Mutable: change.Mutable ?? standard?.Mutable ?? true,
    ...(change.StringAttributeConstraints && { StringAttributeConstraints: change.StringAttributeConstraints }),
    ...(change.NumberAttributeConstraints && { NumberAttributeConstraints: change.NumberAttributeConstraints }),
  };
}

/** Not verified against AWS: the text. */
function assertRoom(schema: ReadonlyMap<string, SchemaAttribute>): void {
  const custom = [...schema.keys()].filter((name) => name.includes(':'));
  if (custom.length >= MAX_CUSTOM_ATTRIBUTES) {
    throw invalidSchema(`A user pool cannot have more than ${MAX_CUSTOM_ATTRIBUTES} custom attributes.`);
  }
}

function constraintsOf(
  attribute: SchemaAttributeType,
): Pick<SchemaAttributeType, 'StringAttributeConstraints' | 'NumberAttributeConstraints'> {
  switch (attribute.AttributeDataType) {
    case 'String':
      return { StringAttributeConstraints: attribute.StringAttributeConstraints ?? {} };
    case 'Number':
      return { NumberAttributeConstraints: attribute.NumberAttributeConstraints ?? {} };
    default:
      return {};
  }
}
