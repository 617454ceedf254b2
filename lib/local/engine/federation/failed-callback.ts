import type { HttpResponse } from '../../http/route.js';
import { CognitoFault } from '../cognito-fault.js';
import type { AuthorizationRequest } from '../oauth/authorization-request.js';
import { withQuery } from '../oauth/callback-url.js';
import { redirectTo } from '../oauth/redirect.js';
import { shortText } from '../short-text.js';
import { FederationError } from './federation-error.js';

const SAML_PREFIX = 'Invalid SAML response received: ';

/**
 * Sends the browser back to the app client with the failure of a provider. As in Cognito without `state`, and with English
 * text of whoever failed: the provider or a trigger.
 *
 * @param isSaml - Cognito reports all failures of SAML in a form of its own.
 * @throws the error, if it is none of a sign-in.
 */
export function failedCallback(request: AuthorizationRequest, cause: unknown, isSaml = false): HttpResponse {
  const failure = failureOf(cause);
  const description = shortText(failure.message);
  const parameters = isSaml
    ? { error_description: SAML_PREFIX + description, error: 'server_error' }
    : { error_description: description, error: failure.error };
  return redirectTo(
    request.responseType === 'token'
      ? `${request.redirectUri}#${new URLSearchParams(parameters).toString()}`
      : withQuery(request.redirectUri, parameters),
  );
}

function failureOf(cause: unknown): FederationError {
  if (cause instanceof FederationError) {
    return cause;
  }
  // A trigger of the tokens of an implicit grant.
  if (cause instanceof CognitoFault) {
    return new FederationError('invalid_request', cause.message, { cause });
  }
  throw cause;
}
