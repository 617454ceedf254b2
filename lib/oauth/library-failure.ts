import { CognitoUnavailableError } from '../errors/cognito-service-error.js';
import { MandateError } from '../errors/mandate-error.js';
import type { OAuthRequest } from '../protocol/oauth/oauth-error.js';
import { UnexpectedAnswerError } from '../protocol/protocol-error.js';
import { TokenRejectedError, type TokenRejectionCode } from '../tokens/token-errors.js';
import { isObject } from '../types/is-object.js';
import { REQUEST_NAMES } from './domain-answer.js';

/** The claims of an id token that the library checks too, and the codes of the pool's verifier for them. */
const CLAIMS: Readonly<Record<string, TokenRejectionCode>> = {
  aud: 'TOKEN_CLIENT_REFUSED',
  azp: 'TOKEN_CLIENT_REFUSED',
  exp: 'TOKEN_EXPIRED',
  iss: 'TOKEN_ISSUER_REFUSED',
  nbf: 'TOKEN_NOT_YET_VALID',
};

/** The library's codes for an answer that is no JSON. */
const UNREADABLE: ReadonlySet<unknown> = new Set(['OAUTH_PARSE_ERROR', 'OAUTH_RESPONSE_IS_NOT_JSON']);

/**
 * Runs a step in which the library reads a successful answer, and translates what it throws. Its errors quote the answer,
 * which holds tokens, so none is passed on as a cause.
 *
 * @param nonce - that of the sign-in, if the answer must hold an id token with it.
 */
export async function readByLibrary<T>(request: OAuthRequest, read: () => Promise<T>, nonce?: string): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    throw thrown instanceof MandateError ? thrown : translate(request, thrown, nonce);
  }
}

function translate(request: OAuthRequest, thrown: unknown, nonce: string | undefined): MandateError {
  const { code, cause } = isObject(thrown) ? thrown : {};
  if (UNREADABLE.has(code)) {
    return new CognitoUnavailableError(
      REQUEST_NAMES[request],
      'The response is unreadable: it is not JSON. Check the option "oauth.domain".',
    );
  }
  const { claims, claim, attribute } = isObject(cause) ? cause : {};
  if (nonce !== undefined && isObject(claims) && claims['nonce'] !== nonce) {
    return new MandateError(
      'OAUTH_NONCE_MISMATCH',
      'The id token is not that of the sign-in that this browser has started. Start the sign-in again.',
    );
  }
  const rejection = typeof claim === 'string' && Object.hasOwn(CLAIMS, claim) ? CLAIMS[claim] : undefined;
  if (rejection !== undefined) {
    return new TokenRejectedError(rejection);
  }
  return new UnexpectedAnswerError(
    attribute === 'sub'
      ? 'userInfo is about another user than the access token'
      : `${REQUEST_NAMES[request]} returned no valid tokens or claims`,
  );
}
