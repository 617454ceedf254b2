import { CognitoFault } from '../cognito-fault.js';

/** The longest text of a function's error that a client receives. Longer ones do not fit into headers. */
const MAX_TEXT = 1024;

/** A function has failed by itself: it threw, or called back with an error. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** A function could not be invoked, or did not answer in time. */
export class InvocationError extends Error {
  override readonly name = 'InvocationError';

  /** @param isTransient - whether another attempt may succeed. */
  constructor(
    reason: string,
    readonly isTransient: boolean,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** The limit for an answer has passed. Cognito does not say more either. */
export function timedOut(): InvocationError {
  return new InvocationError('Socket timeout while invoking Lambda function', false);
}

/** The error response for a trigger that failed. */
export function triggerFault(displayName: string, cause: unknown): unknown {
  if (cause instanceof FunctionError) {
    const text = `${displayName} failed with error ${cause.message.slice(0, MAX_TEXT)}.`;
    return new CognitoFault('UserLambdaValidationException', text, { cause: cause.cause });
  }
  if (cause instanceof InvocationError) {
    const text = `${displayName} invocation failed due to error ${cause.message}.`;
    return new CognitoFault('UnexpectedLambdaException', text, { cause });
  }
  return cause;
}

/** InvalidLambdaResponseException: the output of a trigger is invalid. */
export function unrecognizableOutput(): CognitoFault {
  return new CognitoFault('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}
