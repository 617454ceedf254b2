import { type CognitoFault, invalidParameter, notAuthorized } from '../cognito-fault.js';

/** The one text for a wrong password and for a user whom the pool does not want to tell about. */
export function incorrectPassword(): CognitoFault {
  return notAuthorized('Incorrect username or password.');
}

/** A session that is unknown, another's, or waits for another challenge. */
export function invalidSession(): CognitoFault {
  return notAuthorized('Invalid session for the user.');
}

export function missingParameter(name: string): CognitoFault {
  return invalidParameter(`Missing required parameter ${name}`);
}
