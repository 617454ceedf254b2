import { isObject } from '../../types/is-object.js';
import { CognitoFault } from '../engine/cognito-fault.js';

/** Content type of AWS JSON 1.1 requests and responses. */
export const AWS_JSON = 'application/x-amz-json-1.1';

/**
 * Parses a request body. Members that are null count as absent, also inside maps: amazon-cognito-identity-js sends
 * `"DEVICE_KEY": null`.
 *
 * @throws CognitoFault SerializationException if the body is not a JSON object.
 */
export function parseInput(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body === '' ? '{}' : body, withoutNulls);
  } catch (cause) {
    throw new CognitoFault('SerializationException', '', { cause });
  }
  if (!isObject(value)) {
    throw new CognitoFault('SerializationException');
  }
  return value;
}

/** Serializes a response. Dates become epoch seconds with milliseconds; absent members are omitted. */
export function formatOutput(output: object): string {
  return JSON.stringify(datesToSeconds(output));
}

function withoutNulls(this: unknown, key: string, value: unknown): unknown {
  if (value !== null || Array.isArray(this)) {
    return value;
  }
  return key === '' ? value : undefined;
}

function datesToSeconds(value: unknown): unknown {
  if (value instanceof Date) {
    return value.getTime() / 1000;
  }
  if (Array.isArray(value)) {
    return value.map(datesToSeconds);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, datesToSeconds(member)]));
  }
  return value;
}
