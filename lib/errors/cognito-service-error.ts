import { codeOfException, type Refusal } from './code-of-exception.js';
import type { MandateErrorCode } from './error-codes.js';
import { MandateError } from './mandate-error.js';
import { brandClass } from '../types/class-brand.js';

/** A call that Cognito refused. */
export interface ServiceFailure extends Refusal {
  /** The name of the operation at AWS, for example `InitiateAuth`. */
  readonly operation: string;
  /** The id that AWS gave the request; AWS support asks for it. */
  readonly requestId?: string | undefined;
}

/** What to do about a code, where Cognito's own text does not explain it. */
const HINTS: Readonly<Partial<Record<MandateErrorCode, string>>> = {
  ADDRESS_MISSING: 'Give the user the address as an attribute.',
  AUTH_FLOW_NOT_ENABLED: 'Add the flow to ExplicitAuthFlows of the app client.',
  AWS_ACCESS_DENIED: 'Allow the operation in the IAM policy of the AWS credentials.',
  AWS_CREDENTIALS_INVALID: 'Check the option "credentials".',
  AWS_CREDENTIALS_MISSING: 'Set the option "credentials".',
  CLIENT_NOT_FOUND: 'Check the options "clientId" and "region".',
  CLIENT_UNAUTHORIZED: 'Check the options "clientId" and "clientSecret".',
  POOL_NOT_FOUND: 'Check the options "userPoolId" and "region".',
  RENEWAL_METHOD_UNSUPPORTED: 'Set the option "renewalMethod" to "GetTokensFromRefreshToken".',
  SECRET_HASH_MISSING: 'Set the option "clientSecret" to the secret of the app client.',
  SECRET_HASH_INVALID:
    'Check the option "clientSecret". On renewal, "username" must be the internal username from the access token.',
};

/** `PreSignUp failed with error Only staff.` and `PreSignUp invocation failed due to error Timeout.` */
const TRIGGER_TEXT = /^(\w+) (?:failed with error|invocation failed due to error) ([\s\S]*)$/;

/**
 * Cognito refused a call. `code` is stable; the message is Cognito's own text, for some codes followed by a hint.
 *
 * @publicApi
 */
export class CognitoServiceError extends MandateError {
  static {
    brandClass(this, 'CognitoServiceError');
  }

  override readonly name = 'CognitoServiceError';

  /** The name of the operation at AWS, for example `InitiateAuth`. */
  readonly operation: string;

  /** The name of the exception at AWS, for example `NotAuthorizedException`. */
  readonly exception: string;

  /** The id that AWS gave the request; AWS support asks for it. */
  readonly requestId: string | undefined;

  /** The Lambda trigger that refused or failed, for example `PreSignUp`. The message is then what it threw. */
  readonly trigger: string | undefined;

  constructor(failure: ServiceFailure, options?: ErrorOptions) {
    const code = codeOfException(failure);
    const { trigger, text } = readTrigger(failure);
    super(code, withHint(text, HINTS[code]), options);
    this.operation = failure.operation;
    this.exception = failure.exception;
    this.requestId = failure.requestId;
    this.trigger = trigger;
  }
}

/**
 * Cognito is unreachable, did not answer in time, or returned an unreadable response. Worth retrying later.
 *
 * @publicApi
 */
export class CognitoUnavailableError extends MandateError {
  static {
    brandClass(this, 'CognitoUnavailableError');
  }

  override readonly name = 'CognitoUnavailableError';

  /** @param reason - a sentence, with its full stop. */
  constructor(
    /** The name of the operation at AWS. */
    readonly operation: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super('SERVICE_UNAVAILABLE', `${operation}: ${reason}`, options);
  }
}

/**
 * A privileged call was made and no AWS credentials were found. Nothing was sent.
 *
 * @publicApi
 */
export class CognitoCredentialsError extends MandateError {
  static {
    brandClass(this, 'CognitoCredentialsError');
  }

  override readonly name = 'CognitoCredentialsError';

  constructor(
    /** The name of the operation at AWS. */
    readonly operation: string,
    options?: ErrorOptions,
  ) {
    super(
      'AWS_CREDENTIALS_MISSING',
      `${operation} requires AWS credentials and none were found. Set the option "credentials", give the process an IAM role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
      options,
    );
  }
}

/** Many of Cognito's texts have no full stop. */
function withHint(text: string, hint: string | undefined): string {
  if (hint === undefined) {
    return text;
  }
  return /[.!?]\s*$/.test(text) ? `${text} ${hint}` : `${text}. ${hint}`;
}

/** Cognito appends a full stop to what the trigger threw; it is removed. */
function readTrigger({ exception, text }: Refusal): { trigger: string | undefined; text: string } {
  const [, trigger, thrown] = exception.includes('Lambda') ? (TRIGGER_TEXT.exec(text) ?? []) : [];
  return trigger === undefined || thrown === undefined
    ? { trigger: undefined, text }
    : { trigger, text: thrown.replace(/\.\s*$/, '') };
}
