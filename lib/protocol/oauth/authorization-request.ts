/** An authorization request (RFC 6749, section 4.1.1), with PKCE, `state` and `nonce`, which are never left out. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly nonce: string;
  /** S256 over the code verifier (RFC 7636, section 4.2). */
  readonly codeChallenge: string;
  readonly identityProvider?: string | undefined;
  readonly idpIdentifier?: string | undefined;
  readonly loginHint?: string | undefined;
  readonly prompt?: readonly string[] | undefined;
  readonly lang?: string | undefined;
  readonly resource?: string | undefined;
}

/** Whether a value is a scope (RFC 6749, section 3.3). */
export function isScope(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value);
}

/**
 * The URL of an authorization request. It has these parameters and no others, so that nothing that a caller passes on
 * from a browser adds one.
 *
 * @param page - the authorization endpoint, or a page that takes the same parameters.
 */
export function authorizationUrl(page: string, request: AuthorizationRequest): string {
  const url = new URL(page);
  const parameters: Readonly<Record<string, string | undefined>> = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    nonce: request.nonce,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    identity_provider: request.identityProvider,
    idp_identifier: request.idpIdentifier,
    login_hint: request.loginHint,
    prompt: request.prompt?.join(' '),
    lang: request.lang,
    resource: request.resource,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}
