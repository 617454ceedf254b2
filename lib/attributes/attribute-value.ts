import { MandateArgumentError } from '../errors/argument-error.js';

import type { AttributeType, PostalAddress } from './user-attributes.js';

/**
 * A value as Cognito takes it. A plain string is taken for every type, so that what was read can be written back.
 *
 * @param argument - the name for the error.
 * @throws MandateArgumentError when the value does not fit the type.
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
  if (type === 'address' && typeof value === 'object' && value !== null) {
    return JSON.stringify(value);
  }
  throw new MandateArgumentError(argument, `must be ${REQUIREMENTS[type]}`);
}

/** A value as Cognito stores it, in its type; text that does not fit the type stays text or, for an address, becomes its `formatted`. */
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
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value;
    }
  } catch {
    // Not JSON: somebody stored the address as plain text, as the API allows.
  }
  return { formatted: text };
}
