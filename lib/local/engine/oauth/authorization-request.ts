import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';

/** What an app client asks for: the answer to the redirect URI is a code, or the tokens themselves. */
export type ResponseType = 'code' | 'token';

/**
 * A valid request to `/oauth2/authorize` (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1).
 * `authorizationQuery` turns it into a query string, which carries it from page to page.
 */
export interface AuthorizationRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly responseType: ResponseType;
  /** One of the client's CallbackURLs. */
  readonly redirectUri: string;
  /** Granted scopes. Never empty. */
  readonly scopes: readonly string[];
  readonly state?: string;
  readonly nonce?: string;
  /** A challenge of the method S256 (RFC 7636 section 4.2). */
  readonly codeChallenge?: string;
  readonly loginHint?: string;
  /** Language of the pages. */
  readonly lang?: string;
  /** Values of `prompt`. Empty if the request has none. */
  readonly prompt: readonly string[];
  /** The API that the access token is for (RFC 8707). It becomes the token's `aud`. */
  readonly resource?: string;
  /** The identity provider to sign in with: `COGNITO` for native users. */
  readonly identityProvider?: string;
  /** An identifier of an identity provider, such as a mail domain. */
  readonly idpIdentifier?: string;
}

/** The parameters of a request, as a query string for `/oauth2/authorize` and every page. */
export function authorizationQuery(request: AuthorizationRequest): URLSearchParams {
  const { client, codeChallenge, prompt } = request;
  const parameters = {
    client_id: client.id,
    response_type: request.responseType,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    nonce: request.nonce,
    ...(codeChallenge !== undefined && { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
    login_hint: request.loginHint,
    lang: request.lang,
    prompt: prompt.length > 0 ? prompt.join(' ') : undefined,
    resource: request.resource,
    identity_provider: request.identityProvider,
    idp_identifier: request.idpIdentifier,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given);
}
