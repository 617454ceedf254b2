import { MandateArgumentError } from '../errors/argument-error.js';

import { isObject } from '../types/is-object.js';
import type { AttributeType, PostalAddress } from './user-attributes.js';

/**
 * Encodes a value as Cognito's string. A string is accepted for every type, so that every value that was read can be
 * written back.
 *
 * @param argument - the name of the attribute in the error.
 * @throws MandateArgumentError when the value does not have the type.
 */
export function encodeValue(argument: string, type: AttributeType, value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'boolean' && type !== 'number' && type !== 'address') {
    return String(value);
  }
  if (typeof value === 'number' && Number.isFinite(value) && (type === 'number' || type === 'string')) {
    return String(value);
  }
  if (type === 'address' && isObject(value)) {
    return JSON.stringify(value);
  }
  throw new MandateArgumentError(argument, `must be ${REQUIREMENTS[type]}`);
}

/**
 * Decodes Cognito's string. One that is not of the type is returned unchanged; for an address, as its `formatted`.
 */
export function decodeValue(type: AttributeType, text: string): unknown {
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      return text.toLowerCase() === 'true';
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
    case 'address':
      return decodeAddress(text);
  }
}

const REQUIREMENTS: Readonly<Record<AttributeType, string>> = {
  string: 'a string',
  number: 'a finite number',
  boolean: 'true or false',
  address: 'an object with the fields of an address, such as "formatted"',
};

function decodeAddress(text: string): PostalAddress {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) {
      return value;
    }
  } catch {
    // The API allows an address to be stored as plain text.
  }
  return { formatted: text };
}
