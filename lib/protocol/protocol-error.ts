import { MandateError } from '../errors/mandate-error.js';

/** Cognito, or what stands in its place, answered something that the protocol does not allow. */
export class UnexpectedAnswerError extends MandateError {
  override readonly name = 'UnexpectedAnswerError';

  /** @param what - what is wrong, as a clause: `the challenge parameter "x" is not JSON`. Never a value. */
  constructor(what: string, options?: ErrorOptions) {
    super('ANSWER_UNEXPECTED', `Unexpected answer of the service: ${what}.`, options);
  }
}

/** The service posed a challenge that this version does not know. */
export class UnsupportedChallengeError extends MandateError {
  override readonly name = 'UnsupportedChallengeError';

  constructor(
    /** The challenge's name at AWS. */
    readonly challengeName: string,
  ) {
    super('CHALLENGE_UNSUPPORTED', `The challenge "${challengeName}" is not known to this version of mandate.`);
  }
}

/**
 * A member that an answer must have.
 *
 * @throws UnexpectedAnswerError when it is missing.
 */
export function requireMember<Value>(member: string, value: Value | undefined): Value {
  if (value === undefined) {
    throw new UnexpectedAnswerError(`${member} is missing`);
  }
  return value;
}
