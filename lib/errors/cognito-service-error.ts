import { codeOfException } from './cognito-exceptions.js';
import type { MandateErrorCode } from './error-codes.js';
import { MandateError } from './mandate-error.js';

/** What is known about a refused call. */
export interface ServiceFailure {
  /** The operation's name at AWS, for example `InitiateAuth`. */
  readonly operation: string;
  /** The exception's name at AWS, for example `NotAuthorizedException`. */
  readonly exception: string;
  /** The service's own text. */
  readonly text: string;
  /** AWS's id of the request, to be given to AWS support. */
  readonly requestId?: string | undefined;
}

/** Exceptions that the API's front end throws before Cognito sees the request; the SDK does not model them. */
const FRONT_END_CODES: Readonly<Record<string, MandateErrorCode>> = {
  ExpiredTokenException: 'AWS_ACCESS_DENIED',
  IncompleteSignatureException: 'AWS_ACCESS_DENIED',
  InvalidSignatureException: 'AWS_ACCESS_DENIED',
  MissingAuthenticationTokenException: 'AWS_ACCESS_DENIED',
  UnrecognizedClientException: 'AWS_ACCESS_DENIED',
  SerializationException: 'PARAMETER_INVALID',
  ThrottlingException: 'TOO_MANY_REQUESTS',
  UnknownOperationException: 'OPERATION_UNSUPPORTED',
  ValidationException: 'PARAMETER_INVALID',
};

/** What the service's text leaves out: where to look in this package. */
const HINTS: Readonly<Partial<Record<MandateErrorCode, string>>> = {
  SECRET_HASH_MISSING: 'Give the app client\'s secret in the option "clientSecret".',
  SECRET_HASH_INVALID:
    'Check the option "clientSecret"; on renewal also that "username" is the internal name from the access token.',
  CLIENT_UNAUTHORIZED: 'Check the options "clientId" and "clientSecret".',
  AWS_ACCESS_DENIED: 'Check the option "credentials" and the IAM policy of its principal.',
};

/** `PreSignUp failed with error Only staff.` and `PreSignUp invocation failed due to error Timeout.` */
const TRIGGER_TEXT = /^(\w+) (?:failed with error|invocation failed due to error) ([\s\S]*)$/;

/** Cognito refused a call: `code` is stable, the message is Cognito's own. */
export class CognitoServiceError extends MandateError {
  override readonly name = 'CognitoServiceError';

  /** The operation's name at AWS. */
  readonly operation: string;

  /** The exception's name at AWS. */
  readonly exception: string;

  /** AWS's id of the request. */
  readonly requestId: string | undefined;

  /** The Lambda trigger that refused or failed, for example `PreSignUp`; the message is then what it threw. */
  readonly trigger: string | undefined;

  constructor(failure: ServiceFailure, options?: ErrorOptions) {
    const code = codeOf(failure);
    const { trigger, text } = readTrigger(failure);
    const hint = HINTS[code];
    super(code, hint === undefined ? text : `${text} ${hint}`, options);
    this.operation = failure.operation;
    this.exception = failure.exception;
    this.requestId = failure.requestId;
    this.trigger = trigger;
  }
}

/** Cognito cannot be reached, did not answer in time, or answered what cannot be read. Worth trying again later. */
export class CognitoUnavailableError extends MandateError {
  override readonly name = 'CognitoUnavailableError';

  constructor(
    /** The operation's name at AWS. */
    readonly operation: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super('SERVICE_UNAVAILABLE', `${operation}: ${reason}`, options);
  }
}

/** A privileged call was made and no AWS credentials were found; nothing was sent. */
export class CognitoCredentialsError extends MandateError {
  override readonly name = 'CognitoCredentialsError';

  constructor(
    /** The operation's name at AWS. */
    readonly operation: string,
    options?: ErrorOptions,
  ) {
    super(
      'AWS_ACCESS_DENIED',
      `${operation} needs AWS credentials and none were found: set the option "credentials", or give the process a role or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
      options,
    );
  }
}

function codeOf({ exception, text }: ServiceFailure): MandateErrorCode {
  return Object.hasOwn(FRONT_END_CODES, exception)
    ? (FRONT_END_CODES[exception] ?? 'SERVICE_ERROR_UNKNOWN')
    : codeOfException(exception, text);
}

/** Cognito puts its own full stop after what the trigger threw; that one goes. */
function readTrigger({ exception, text }: ServiceFailure): { trigger: string | undefined; text: string } {
  const [, trigger, thrown] = exception.includes('Lambda') ? (TRIGGER_TEXT.exec(text) ?? []) : [];
  return trigger === undefined || thrown === undefined
    ? { trigger: undefined, text }
    : { trigger, text: thrown.replace(/\.\s*$/, '') };
}
