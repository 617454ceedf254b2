import { EXCEPTION_CODES, type CognitoExceptionName } from './cognito-exceptions.js';
import type { MandateErrorCode } from './error-codes.js';
import { CODES_BY_OPERATION, CONFIRMED_TEXTS, UNCONFIRMED_TEXTS } from './exception-texts.js';

/** Exceptions of the API's front end, thrown before Cognito sees the request; the API model does not declare them. */
const FRONT_END_CODES: ReadonlyMap<string, MandateErrorCode> = new Map([
  ['ExpiredTokenException', 'AWS_CREDENTIALS_INVALID'],
  ['IncompleteSignatureException', 'AWS_CREDENTIALS_INVALID'],
  ['InvalidSignatureException', 'AWS_CREDENTIALS_INVALID'],
  ['MissingAuthenticationTokenException', 'AWS_CREDENTIALS_MISSING'],
  ['UnrecognizedClientException', 'AWS_CREDENTIALS_INVALID'],
  ['SerializationException', 'PARAMETER_INVALID'],
  ['ThrottlingException', 'TOO_MANY_REQUESTS'],
  ['UnknownOperationException', 'OPERATION_UNKNOWN'],
  ['ValidationException', 'PARAMETER_INVALID'],
]);

/** What identifies a refusal of the service. */
export interface Refusal {
  /** The name of the operation at AWS, for example `InitiateAuth`; it refines the code of some exceptions. */
  readonly operation?: string;
  /** The name of the exception at AWS, for example `NotAuthorizedException`. */
  readonly exception: string;
  /** The text of the service. */
  readonly text: string;
}

/**
 * The stable code of a refusal.
 *
 * @returns SERVICE_ERROR_UNKNOWN for an exception that neither the API model nor the front end of AWS declares.
 */
export function codeOfException({ operation = '', exception, text }: Refusal): MandateErrorCode {
  if (!isExceptionName(exception)) {
    return FRONT_END_CODES.get(exception) ?? 'SERVICE_ERROR_UNKNOWN';
  }
  return (
    find(CONFIRMED_TEXTS[exception], text) ??
    find(UNCONFIRMED_TEXTS[exception], text) ??
    find(CODES_BY_OPERATION[exception], operation) ??
    EXCEPTION_CODES[exception]
  );
}

function isExceptionName(name: string): name is CognitoExceptionName {
  return Object.hasOwn(EXCEPTION_CODES, name);
}

function find(
  rules: readonly (readonly [RegExp, MandateErrorCode])[] | undefined,
  text: string,
): MandateErrorCode | undefined {
  return rules?.find(([pattern]) => pattern.test(text))?.[1];
}
