import type { AppClient } from '../../model/app-client.js';
import type { ClientInPool } from '../pools/pool-lookup.js';
import type { AuthorizationRequest, ResponseType } from './authorization-request.js';
import { withQuery } from './callback-url.js';
import { requestedScopes } from './scopes.js';

/** The faults that end on the page `/error`, because the redirect URI cannot be trusted. */
export type PageError = 'invalid_request' | 'redirect_mismatch';

/** The result of reading a request to `/oauth2/authorize` or to a page. */
export type AuthorizationResult =
  | { readonly request: AuthorizationRequest }
  | { readonly pageError: PageError }
  /** The redirect URI with an error. */
  | { readonly callback: string };

/** Flows by response type, as in AllowedOAuthFlows. */
const FLOWS = { code: 'code', token: 'implicit' } as const satisfies Record<ResponseType, string>;
const PROMPTS: readonly string[] = ['none', 'login', 'select_account', 'consent'];
/** RFC 7636 section 4.2. */
const CHALLENGE = /^[\w.~-]{43,128}$/;

/** A fault that the app client learns about at its redirect URI. */
class CallbackError extends Error {
  override readonly name = 'CallbackError';

  constructor(readonly parameters: Readonly<Record<string, string>>) {
    super(parameters['error']);
  }
}

/**
 * Validates the parameters of an authorization request. Errors carry no `state`, except a scope fault (and
 * `login_required`, which is not decided here): observed at the service.
 *
 * @param clientOf - finds the client of a `client_id`.
 */
export function readAuthorization(
  query: URLSearchParams,
  clientOf: (clientId: string) => ClientInPool | undefined,
): AuthorizationResult {
  const clientIds = query.getAll('client_id');
  const found = clientIds.length === 1 ? clientOf(clientIds[0] ?? '') : undefined;
  if (found === undefined) {
    return { pageError: 'invalid_request' };
  }
  const redirectUris = query.getAll('redirect_uri');
  const redirectUri = redirectUris[0];
  if (redirectUri === undefined || redirectUris.length > 1) {
    return { pageError: 'invalid_request' };
  }
  if (!found.client.settings.CallbackURLs?.includes(redirectUri)) {
    return { pageError: 'redirect_mismatch' };
  }
  try {
    return { request: readParameters(found, redirectUri, query) };
  } catch (error) {
    if (error instanceof CallbackError) {
      return { callback: withQuery(redirectUri, error.parameters) };
    }
    throw error;
  }
}

function readParameters({ pool, client }: ClientInPool, redirectUri: string, query: URLSearchParams) {
  const parameters = singleValues(query);
  const responseType = responseTypeOf(client, parameters['response_type']);
  const codeChallenge = codeChallengeOf(parameters);
  const request: Record<keyof AuthorizationRequest, unknown> = {
    ...{ pool, client, redirectUri, responseType, codeChallenge },
    scopes: scopesOf(client, parameters),
    resource: resourceOf(parameters['resource']),
    prompt: promptOf(parameters['prompt']),
    state: parameters['state'],
    nonce: parameters['nonce'],
    loginHint: parameters['login_hint'],
    lang: parameters['lang'],
    identityProvider: parameters['identity_provider'],
    idpIdentifier: parameters['idp_identifier'],
  };
  const given = Object.entries(request).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as AuthorizationRequest;
}

/** Parameters must not be repeated (RFC 6749 section 3.1). Empty ones count as absent. */
function singleValues(query: URLSearchParams): Readonly<Record<string, string>> {
  const names = [...query.keys()];
  if (new Set(names).size < names.length) {
    throw invalidRequest();
  }
  return Object.fromEntries([...query].filter(([, value]) => value !== ''));
}

function responseTypeOf({ settings }: AppClient, value: string | undefined): ResponseType {
  if (value !== 'code' && value !== 'token') {
    throw invalidRequest();
  }
  if (!settings.AllowedOAuthFlowsUserPoolClient || !settings.AllowedOAuthFlows?.includes(FLOWS[value])) {
    throw new CallbackError({ error: 'unauthorized_client' });
  }
  return value;
}

function codeChallengeOf({
  code_challenge: challenge,
  code_challenge_method: method,
}: Readonly<Record<string, string>>): string | undefined {
  if (challenge === undefined && method === undefined) {
    return undefined;
  }
  if (challenge === undefined || method !== 'S256' || !CHALLENGE.test(challenge)) {
    throw invalidRequest();
  }
  return challenge;
}

function scopesOf(client: AppClient, { scope, state }: Readonly<Record<string, string>>): readonly string[] {
  const scopes = requestedScopes(client, scope);
  if (scopes === undefined) {
    throw new CallbackError({
      error_description: 'invalid_scope',
      ...(state !== undefined && { state }),
      error: 'invalid_request',
    });
  }
  return scopes;
}

/** An https URL, http on localhost, or a custom scheme. It names an API that need not be known here. */
function resourceOf(resource: string | undefined): string | undefined {
  if (resource === undefined) {
    return undefined;
  }
  const { protocol, hostname } = URL.canParse(resource) ? new URL(resource) : { protocol: 'http:', hostname: '' };
  if (protocol === 'http:' && hostname !== 'localhost') {
    throw invalidRequest();
  }
  return resource;
}

/** `none` excludes every other value (OpenID Connect Core section 3.1.2.1). */
function promptOf(prompt: string | undefined): readonly string[] {
  const values = prompt?.split(' ').filter((value) => value !== '') ?? [];
  const contradicts = values.includes('none') && values.length > 1;
  if (contradicts || values.some((value) => !PROMPTS.includes(value))) {
    throw invalidRequest();
  }
  return values;
}

function invalidRequest(): CallbackError {
  return new CallbackError({ error: 'invalid_request' });
}
