import { codeOfException } from '../../errors/code-of-exception.js';
import type { CognitoExceptionName } from '../../errors/cognito-exceptions.js';
import { MandateError } from '../../errors/mandate-error.js';

/**
 * Where a message ends that has what the client sent. More than any request that is nearly right needs: a client gets an
 * error that it can read, whatever it sent.
 */
export const MAX_MESSAGE_LENGTH = 32_768;

/** Errors of the JSON protocol layer, raised before an operation runs. No SDK models them. */
export type FrontEndExceptionName = 'SerializationException' | 'UnknownOperationException';

/** An error response of the embedded Cognito: `{ __type, message }` with status 400, or 500 for internal errors. */
export class CognitoFault extends MandateError {
  override readonly name = 'CognitoFault';
  /** The member of the request that is at fault, to name it where a configuration file holds it. Not on the wire. */
  readonly member: string | undefined;

  /**
   * @param exception - the exception name on the wire.
   * @param text - the message on the wire. Default: empty, for the few exceptions without one.
   */
  constructor(
    readonly exception: CognitoExceptionName | FrontEndExceptionName,
    text = '',
    options: ErrorOptions & { readonly member?: string | undefined } = {},
  ) {
    super(codeOfException({ exception, text }), text, options);
    this.member = options.member;
  }
}

/** `NotAuthorizedException`. */
export function notAuthorized(text: string): CognitoFault {
  return new CognitoFault('NotAuthorizedException', text);
}

/** `InvalidParameterException`. */
export function invalidParameter(text: string, member?: string): CognitoFault {
  return new CognitoFault('InvalidParameterException', text, { member });
}
