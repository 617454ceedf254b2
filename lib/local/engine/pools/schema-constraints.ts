import type { SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';

import { type CognitoFault, invalidParameter } from '../cognito-fault.js';

const MAX_LENGTH = 2048;
/** A length: no sign, no fraction. */
const LENGTH = /^\d+$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Checks the constraints of an attribute. They are numbers as texts.
 *
 * @param name - as in the pool's schema, `custom:tier`.
 * @throws CognitoFault InvalidParameterException
 */
export function assertConstraints(name: string, attribute: SchemaAttributeType): void {
  assertLengths(name, attribute);
  assertRange(name, attribute);
}

function assertLengths(name: string, { StringAttributeConstraints: lengths }: SchemaAttributeType): void {
  assertNumbers(name, 'StringAttributeConstraints', LENGTH, [lengths?.MinLength, lengths?.MaxLength]);
  const min = Number(lengths?.MinLength ?? 0);
  const max = Number(lengths?.MaxLength ?? MAX_LENGTH);
  if (max > MAX_LENGTH) {
    throw invalidSchema(`user.${name}: String attributes cannot have a length of more than ${MAX_LENGTH}`);
  }
  if (max < min) {
    throw invalidSchema(`user.${name}: Max length cannot be less than min length.`);
  }
}

function assertRange(name: string, { NumberAttributeConstraints: range }: SchemaAttributeType): void {
  assertNumbers(name, 'NumberAttributeConstraints', NUMBER, [range?.MinValue, range?.MaxValue]);
  if (Number(range?.MaxValue ?? Infinity) < Number(range?.MinValue ?? -Infinity)) {
    throw invalidSchema(`user.${name}: Max value cannot be less than min value.`);
  }
}

function assertNumbers(
  name: string,
  member: 'StringAttributeConstraints' | 'NumberAttributeConstraints',
  pattern: RegExp,
  values: readonly (string | undefined)[],
): void {
  if (values.some((value) => value !== undefined && !pattern.test(value))) {
    throw invalidSchema(`Invalid ${member} for schema attribute ${name}`);
  }
}

/** InvalidParameterException for a schema. */
export function invalidSchema(text: string): CognitoFault {
  return invalidParameter(text, 'Schema');
}
