import { codeOfException } from '../../errors/code-of-exception.js';
import type { CognitoExceptionName } from '../../errors/cognito-exceptions.js';
import { MandateError } from '../../errors/mandate-error.js';

/** Names that the JSON front end answers with before an operation is reached; no SDK models them. */
export type FrontEndExceptionName = 'SerializationException' | 'UnknownOperationException';

/** A refusal of the embedded Cognito: on the wire it is `{ __type, message }` with status 400 (500 for its own faults). */
export class CognitoFault extends MandateError {
  override readonly name = 'CognitoFault';

  /**
   * @param exception - the exception's name as on the wire.
   * @param text - the message as on the wire; empty for the few that have none.
   */
  constructor(
    readonly exception: CognitoExceptionName | FrontEndExceptionName,
    text = '',
    options?: ErrorOptions,
  ) {
    super(codeOfException({ exception, text }), text, options);
  }
}

/** `NotAuthorizedException`, the most common refusal. */
export function notAuthorized(text: string): CognitoFault {
  return new CognitoFault('NotAuthorizedException', text);
}

/** `InvalidParameterException`. */
export function invalidParameter(text: string): CognitoFault {
  return new CognitoFault('InvalidParameterException', text);
}
