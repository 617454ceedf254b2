import { MandateError } from '../errors/mandate-error.js';
import { brandClass } from '../types/class-brand.js';

/**
 * Cognito, or an emulator or proxy in its place, returned a response that the protocol does not allow.
 *
 * @publicApi
 */
export class UnexpectedAnswerError extends MandateError {
  static {
    brandClass(this, 'UnexpectedAnswerError');
  }

  override readonly name = 'UnexpectedAnswerError';

  /** @param what - what is wrong, as a clause: `the challenge parameter "x" is not JSON`. Never a value. */
  constructor(what: string, options?: ErrorOptions) {
    super('ANSWER_UNEXPECTED', `Unexpected response from Cognito: ${what}.`, options);
  }
}

/**
 * Cognito returned a challenge that this version does not support.
 *
 * @publicApi
 */
export class UnsupportedChallengeError extends MandateError {
  static {
    brandClass(this, 'UnsupportedChallengeError');
  }

  override readonly name = 'UnsupportedChallengeError';

  constructor(
    /** The name of the challenge at AWS. */
    readonly challengeName: string,
  ) {
    super(
      'CHALLENGE_UNSUPPORTED',
      `This version of mandate does not support the challenge "${challengeName}". Update mandate, or turn the challenge off in the user pool.`,
    );
  }
}

/**
 * Requires a member of a response.
 *
 * @throws UnexpectedAnswerError when it is missing.
 */
export function requireMember<Value>(member: string, value: Value | undefined): Value {
  if (value === undefined) {
    throw new UnexpectedAnswerError(`${member} is missing`);
  }
  return value;
}
