import type { Environment } from '../engine/environment.js';
import { issuerOf, jwksUriOf } from '../engine/tokens/issuer.js';
import type { Pool } from '../model/pool.js';
import { originOf } from './request-url.js';
import { type HttpRequest, type HttpResponse, jsonResponse, methodNotAllowed, type Route } from './route.js';

const WELL_KNOWN = /^\/([^/]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

/** `GET /<pool id>/.well-known/...`: the public keys and the OpenID Connect discovery document of a pool. */
export function wellKnownRoute(environment: Environment): Route {
  return async (request) => {
    const [, poolId, document] = WELL_KNOWN.exec(request.path) ?? [];
    if (poolId === undefined) {
      return undefined;
    }
    if (request.method !== 'GET') {
      return methodNotAllowed('GET');
    }
    const pool = environment.pools.byId(poolId);
    if (pool === undefined) {
      return jsonResponse(404, { message: `User pool ${poolId} does not exist.` });
    }
    return document === 'jwks.json'
      ? jsonResponse(200, await environment.keys.jwks(poolId))
      : discovery(environment, pool, request);
  };
}

/**
 * The discovery document. Its endpoints are where the reader has reached this server, whatever the issuer is. Like that of
 * Cognito it does not say that PKCE works (`code_challenge_methods_supported`).
 */
function discovery(environment: Environment, pool: Pool, request: HttpRequest): HttpResponse {
  const origin = originOf(environment, request);
  return jsonResponse(200, {
    authorization_endpoint: `${origin}/oauth2/authorize`,
    end_session_endpoint: `${origin}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: issuerOf(environment, pool),
    jwks_uri: jwksUriOf({ origin }, pool),
    revocation_endpoint: `${origin}/oauth2/revoke`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${origin}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${origin}/oauth2/userInfo`,
  });
}
