import { MandateArgumentError } from '../../errors/argument-error.js';
import { CognitoFault } from '../engine/cognito-fault.js';

/**
 * Makes a part of a configuration. What Cognito refuses becomes an error that names the option.
 *
 * @param path - where the configuration has the part: `pools[0].clients[1]`.
 * @throws MandateArgumentError
 */
export function orRefuse<Part>(path: string, make: () => Part): Part {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof CognitoFault)) {
      throw error;
    }
    const argument = error.member === undefined ? path : `${path}.${error.member}`;
    // The only fault without a text is that of a value of the wrong JSON type.
    const reason = error.message === '' ? 'a member has the wrong type' : error.message.replace(/\.\s*$/, '');
    throw new MandateArgumentError(argument, `is refused as Cognito refuses it: ${reason}`);
  }
}
