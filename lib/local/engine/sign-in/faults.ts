import { type CognitoFault, invalidParameter, notAuthorized } from '../cognito-fault.js';

/** A wrong password. The same text hides an unknown user (PreventUserExistenceErrors). */
export function incorrectPassword(): CognitoFault {
  return notAuthorized('Incorrect username or password.');
}

/** A session that is unknown, belongs to another user or client, or was opened for another challenge. */
export function invalidSession(): CognitoFault {
  return notAuthorized('Invalid session for the user.');
}

/** A required member of AuthParameters or ChallengeResponses, or the session, is absent. */
export function missingParameter(name: string): CognitoFault {
  return invalidParameter(`Missing required parameter ${name}`);
}

/**
 * Reads a required member of AuthParameters or ChallengeResponses.
 *
 * @throws CognitoFault InvalidParameterException if it is absent or empty.
 */
export function requiredParameter(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || value === '') {
    throw missingParameter(name);
  }
  return value;
}
