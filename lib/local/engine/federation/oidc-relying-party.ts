import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';

import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Environment } from '../environment.js';
import type { ProviderClaims } from './attribute-mapping.js';
import type { FederatedAttempt } from './federated-attempts.js';
import { providerError } from './federation-error.js';
import type { OidcEndpoints } from './oidc-endpoints.js';
import { callProvider } from './provider-http.js';

const CLOCK_TOLERANCE_SECONDS = 60;
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Facts about the ID token, not about the user. */
const TOKEN_CLAIMS: readonly string[] = ['iss', 'aud', 'exp', 'iat', 'nbf', 'jti', 'nonce', 'at_hash', 'azp', 'sid'];

/** The callback of every OpenID Connect provider. */
function idpResponseUri({ origin }: FederatedAttempt): string {
  return `${origin}/oauth2/idpresponse`;
}

/**
 * The authentication request for a provider (OpenID Connect Core section 3.1.2.1). Like Cognito it sends state and nonce
 * but no PKCE, so that a provider that insists on PKCE fails here as it does there.
 */
export function authenticationRequest(
  { details }: IdentityProvider,
  attempt: FederatedAttempt,
  { authorize }: OidcEndpoints,
): string {
  const { state, nonce, request } = attempt;
  const url = new URL(authorize);
  const prompt = request.prompt.filter((value) => value !== 'none').join(' ');
  const parameters = {
    response_type: 'code',
    client_id: details['client_id'] ?? '',
    redirect_uri: idpResponseUri(attempt),
    scope: details['authorize_scopes'] ?? 'openid',
    state,
    nonce,
    ...(request.loginHint !== undefined && { login_hint: request.loginHint }),
    ...(prompt !== '' && { prompt }),
  };
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

/**
 * Redeems the code of a provider, verifies its ID token, and adds the claims of its userinfo endpoint.
 *
 * @throws FederationError
 */
export async function redeemCode(
  environment: Pick<Environment, 'clock'>,
  provider: IdentityProvider,
  attempt: FederatedAttempt,
  endpoints: OidcEndpoints,
  code: string,
): Promise<ProviderClaims> {
  const { id_token: idToken, access_token: accessToken } = await callProvider({
    ...{ provider: provider.name, endpoint: 'token', url: endpoints.token },
    init: { method: 'POST', body: tokenRequest(provider, attempt, code) },
  });
  if (typeof idToken !== 'string') {
    throw providerError(provider.name, 'the token response has no id_token');
  }
  const claims = await verifiedClaims(environment, provider, attempt, endpoints, idToken);
  const info = await userInfo(provider, endpoints, accessToken);
  if (info['sub'] !== undefined && info['sub'] !== claims['sub']) {
    throw providerError(provider.name, 'the userinfo response is about another user');
  }
  return Object.fromEntries(Object.entries({ ...claims, ...info }).filter(([name]) => !TOKEN_CLAIMS.includes(name)));
}

/** Cognito authenticates by `client_secret_post` only. */
function tokenRequest({ details }: IdentityProvider, attempt: FederatedAttempt, code: string): URLSearchParams {
  const secret = details['client_secret'];
  return new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: idpResponseUri(attempt),
    client_id: details['client_id'] ?? '',
    ...(secret !== undefined && { client_secret: secret }),
  });
}

async function verifiedClaims(
  { clock }: Pick<Environment, 'clock'>,
  { name, details }: IdentityProvider,
  { nonce }: FederatedAttempt,
  { issuer, jwks }: OidcEndpoints,
  idToken: string,
): Promise<ProviderClaims> {
  const keys = await callProvider({ provider: name, endpoint: 'jwks', url: jwks });
  try {
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(keys as unknown as JSONWebKeySet), {
      ...{ issuer, audience: details['client_id'] ?? '', algorithms: ALGORITHMS },
      ...{ requiredClaims: ['sub', 'exp', 'iat'], clockTolerance: CLOCK_TOLERANCE_SECONDS },
      currentDate: new Date(clock()),
    });
    if (payload['nonce'] !== nonce) {
      throw new errors.JWTClaimValidationFailed('unexpected "nonce" claim value', payload, 'nonce', 'check_failed');
    }
    return payload;
  } catch (cause) {
    const reason = cause instanceof errors.JOSEError ? cause.message : 'not readable';
    throw providerError(name, `invalid id_token: ${reason}`, { cause });
  }
}

async function userInfo(
  { name, details }: IdentityProvider,
  { userInfo: url }: OidcEndpoints,
  accessToken: unknown,
): Promise<ProviderClaims> {
  if (url === undefined || typeof accessToken !== 'string') {
    return {};
  }
  const method = details['attributes_request_method'] === 'POST' ? 'POST' : 'GET';
  const init = { method, headers: { Authorization: `Bearer ${accessToken}` } };
  return callProvider({ provider: name, endpoint: 'userinfo', url, init });
}
