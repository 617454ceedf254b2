import type { SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool, SchemaAttribute } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import { isStandardAttribute, standardAttributes } from './standard-attributes.js';

const TYPES: readonly string[] = ['String', 'Number', 'DateTime', 'Boolean'];
const MAX_LENGTH = 2048;

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
 * Adds `custom:<name>` (or `dev:custom:<name>`) to a schema.
 *
 * @throws CognitoFault InvalidParameterException for a duplicate name or an invalid definition.
 */
export function addCustomAttribute(schema: Map<string, SchemaAttribute>, attribute: SchemaAttributeType): void {
  if (attribute.Required) {
    throw invalidParameter('Required custom attributes are not supported currently.');
  }
  const prefix = attribute.DeveloperOnlyAttribute ? 'dev:custom:' : 'custom:';
  const name = prefix + (attribute.Name ?? '');
  if (schema.has(name)) {
    throw invalidParameter(`${name}: Existing attribute already has name ${name}.`);
  }
  if (!TYPES.includes(attribute.AttributeDataType ?? '')) {
    throw invalidParameter('Invalid AttributeDataType input, consider using the provided AttributeDataType enum.');
  }
  assertLengths(name, attribute);
  schema.set(name, {
    Name: name,
    AttributeDataType: attribute.AttributeDataType,
    DeveloperOnlyAttribute: attribute.DeveloperOnlyAttribute ?? false,
    Mutable: attribute.Mutable ?? true,
    Required: false,
    ...constraintsOf(attribute),
  });
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
    throw invalidParameter(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${name}`,
    );
  }
  assertLengths(name, change);
  return {
    ...standard,
    Name: name,
    Required: change.Required ?? standard?.Required ?? false,
    Mutable: change.Mutable ?? standard?.Mutable ?? true,
    ...(change.StringAttributeConstraints && { StringAttributeConstraints: change.StringAttributeConstraints }),
    ...(change.NumberAttributeConstraints && { NumberAttributeConstraints: change.NumberAttributeConstraints }),
  };
}

function assertLengths(name: string, { StringAttributeConstraints: lengths }: SchemaAttributeType): void {
  const min = Number(lengths?.MinLength ?? 0);
  const max = Number(lengths?.MaxLength ?? MAX_LENGTH);
  if (max > MAX_LENGTH) {
    throw invalidParameter(`user.${name}: String attributes cannot have a length of more than ${MAX_LENGTH}`);
  }
  if (max < min) {
    throw invalidParameter(`user.${name}: Max length cannot be less than min length.`);
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
