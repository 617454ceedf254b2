import type { StringAttributeConstraintsType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool, SchemaAttribute } from '../../model/pool.js';
import { invalidParameter, MAX_MESSAGE_LENGTH } from '../cognito-fault.js';
import { settableAttribute } from '../pools/schema.js';
import { isDateTime } from './date-time.js';

/** @throws CognitoFault InvalidParameterException with the violations, as many as a message has room for. */
export function assertNoViolations(violations: readonly string[]): void {
  if (violations.length > 0) {
    const text = violations.join('\n');
    const shown = text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
    throw invalidParameter(`Attributes did not conform to the schema: ${shown}\n`);
  }
}

/** Cognito's messages for the attributes that do not conform to the pool's schema. */
export function schemaViolations(pool: Pool, attributes: Readonly<Record<string, string>>): string[] {
  return Object.entries(attributes).flatMap(([name, value]) =>
    schemaViolation(settableAttribute(pool, name), name, value),
  );
}

function schemaViolation(attribute: SchemaAttribute | undefined, name: string, value: string): string[] {
  if (attribute === undefined) {
    return [`${name}: Attribute does not exist in the schema.`];
  }
  const { StringAttributeConstraints: text, NumberAttributeConstraints: number } = attribute;
  switch (attribute.AttributeDataType) {
    case 'Number':
      return outOfRange(Number(value), number?.MinValue, number?.MaxValue) || !/^-?\d+(\.\d+)?$/.test(value)
        ? [`${name}: Attribute value is not a number in the allowed range`]
        : [];
    case 'Boolean':
      return /^(true|false)$/i.test(value) ? [] : [`${name}: Attribute value is not a boolean`];
    case 'DateTime':
      return isDateTime(value) ? [] : [`${name}: Attribute value is not a date and time`];
    default:
      return lengthViolation(name, value.length, text);
  }
}

function lengthViolation(
  name: string,
  length: number,
  { MinLength = '0', MaxLength = '2048' }: StringAttributeConstraintsType = {},
): string[] {
  if (length < Number(MinLength)) {
    return [`${name}: String must be no shorter than ${MinLength} characters`];
  }
  return length > Number(MaxLength) ? [`${name}: String must be no longer than ${MaxLength} characters`] : [];
}

function outOfRange(value: number, min = '-Infinity', max = 'Infinity'): boolean {
  return value < Number(min) || value > Number(max);
}
