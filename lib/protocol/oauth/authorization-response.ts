import { MandateError } from '../../errors/mandate-error.js';
import { CognitoOAuthError } from './oauth-error.js';

/** The parameters of a callback that mean something here. None may come twice (RFC 6749, section 3.1). */
const PARAMETERS = [
  'code',
  'state',
  'error',
  'error_description',
  'iss',
  'response',
  'id_token',
  'access_token',
  'token',
];

/** Parameters of other flows than that of the authorization code, which was the one requested. */
const FOREIGN_PARAMETERS = ['response', 'id_token', 'access_token', 'token'];

/** The part of a sign-in that its callback must repeat. */
interface WithState {
  readonly state: string;
}

/**
 * Reads the query of a callback before the library does: Cognito leaves `state` out of most errors, and the library
 * would report only that.
 *
 * @param login - the sign-in; undefined if none is known.
 * @returns the sign-in that the callback belongs to and authorizes.
 * @throws CognitoOAuthError if the callback reports an error.
 * @throws MandateError with the code OAUTH_CALLBACK_INVALID or OAUTH_STATE_MISMATCH.
 */
export function requireAuthorized<Login extends WithState>(callback: URLSearchParams, login: Login | undefined): Login {
  if (PARAMETERS.some((name) => callback.getAll(name).length > 1)) {
    throw invalid('has a parameter twice');
  }
  const received = callback.get('state');
  const hasState = received !== null && received === login?.state;
  const error = callback.get('error');
  if (error !== null) {
    // An error of another sign-in says nothing about this one.
    if (received !== null && !hasState) {
      throw stateMismatch();
    }
    const description = callback.get('error_description') ?? undefined;
    throw new CognitoOAuthError({ request: 'authorization', error, description, hasState });
  }
  if (login === undefined || !hasState) {
    throw stateMismatch();
  }
  if (FOREIGN_PARAMETERS.some((name) => callback.has(name))) {
    throw invalid('belongs to another flow');
  }
  if ((callback.get('code') ?? '') === '') {
    throw invalid('has neither a code nor an error');
  }
  return login;
}

function invalid(what: string): MandateError {
  return new MandateError('OAUTH_CALLBACK_INVALID', `The callback of the sign-in ${what}. Start the sign-in again.`);
}

function stateMismatch(): MandateError {
  return new MandateError(
    'OAUTH_STATE_MISMATCH',
    'The callback belongs to no sign-in that this browser has started, or to one that is over. Start the sign-in again.',
  );
}
