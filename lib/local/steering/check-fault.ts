import { MandateArgumentError } from '../../errors/argument-error.js';
import { EXCEPTION_CODES } from '../../errors/cognito-exceptions.js';
import { isObject } from '../../types/is-object.js';
import { isKnownOperation } from '../operations/operation-table.js';
import { FAULT_OPTIONS, type LocalFaultOptions } from './fault-options.js';
import { FAULT_PATHS } from './fault-target.js';

const MAX_DELAY_MS = 600_000;
const OAUTH_ERROR = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Errors that every AWS API has, beside those of the model. */
const SERVICE_ERRORS: readonly string[] = [
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InternalFailure',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'RequestTimeoutException',
  'SerializationException',
  'ServiceUnavailableException',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationException',
];

/**
 * Checks a fault, which may come from a request.
 *
 * @throws MandateArgumentError with the name of what is wrong.
 */
export function checkFault(fault: unknown): asserts fault is LocalFaultOptions {
  if (!isObject(fault)) {
    throw new MandateArgumentError('fault', 'must be an object such as { operation: "InitiateAuth", status: 500 }');
  }
  const unknown = Object.keys(fault).find((name) => !Object.hasOwn(FAULT_OPTIONS, name));
  if (unknown !== undefined) {
    throw new MandateArgumentError(
      unknown,
      `is an unknown option. Known options: ${Object.keys(FAULT_OPTIONS).join(', ')}`,
    );
  }
  const { operation, status, type, message, reset, throttle, delay, after, times } = fault;
  checkOperation(operation);
  checkInteger('status', status, 400, 599);
  checkInteger('delay', delay, 0, MAX_DELAY_MS);
  checkInteger('times', times, 1, Number.MAX_SAFE_INTEGER);
  checkBooleans({ reset, throttle, after });
  if (message !== undefined && typeof message !== 'string') {
    throw new MandateArgumentError('message', 'must be a string');
  }
  checkType(type, operation);
  const kinds = [status !== undefined || type !== undefined, reset === true, throttle === true].filter(Boolean).length;
  if (kinds > 1 || (kinds === 0 && delay === undefined)) {
    throw new MandateArgumentError(
      'fault',
      'must have one of status (with or without type), reset, throttle and delay',
    );
  }
  if (message !== undefined && status === undefined && type === undefined) {
    throw new MandateArgumentError('message', 'needs a status or a type');
  }
}

function checkOperation(operation: unknown): asserts operation is string {
  const isKnown =
    typeof operation === 'string' &&
    (operation === '*' || FAULT_PATHS.includes(operation) || isKnownOperation(operation));
  if (!isKnown) {
    throw new MandateArgumentError(
      'operation',
      `must be an operation of the API such as "InitiateAuth", "*", or one of ${FAULT_PATHS.join(', ')}`,
    );
  }
}

function checkInteger(name: string, value: unknown, min: number, max: number): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || (value as number) < min || (value as number) > max)) {
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new MandateArgumentError(name, `must be an integer ${range}`);
  }
}

function checkBooleans(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && typeof value !== 'boolean') {
      throw new MandateArgumentError(name, 'must be a boolean');
    }
  }
}

/** A misspelt exception would look like a fault of the application. */
function checkType(type: unknown, operation: string): void {
  if (type === undefined) {
    return;
  }
  const isPath = operation.startsWith('/');
  const isKnown =
    typeof type === 'string' &&
    (isPath ? OAUTH_ERROR.test(type) : Object.hasOwn(EXCEPTION_CODES, type) || SERVICE_ERRORS.includes(type));
  if (!isKnown) {
    throw new MandateArgumentError(
      'type',
      isPath
        ? 'must be an error code of OAuth 2.0, such as "invalid_grant"'
        : 'must be an exception of Amazon Cognito, such as "NotAuthorizedException"',
    );
  }
}
