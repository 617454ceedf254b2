import { issuerOf, type Environment } from '../engine/environment.js';
import { type HttpResponse, jsonResponse, type Route } from './route.js';

const WELL_KNOWN = /^\/([^/]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;
const CORS = { 'Access-Control-Allow-Origin': '*' };

/** `GET /<pool id>/.well-known/...`: the public keys and the OpenID Connect discovery document of a pool. */
export function wellKnownRoute(environment: Environment): Route {
  return async (request) => {
    const [, poolId, document] = WELL_KNOWN.exec(request.path) ?? [];
    if (request.method !== 'GET' || poolId === undefined) {
      return undefined;
    }
    if (environment.pools.byId(poolId) === undefined) {
      return jsonResponse(404, { message: `User pool ${poolId} does not exist.` }, CORS);
    }
    return document === 'jwks.json'
      ? jsonResponse(200, await environment.keys.jwks(poolId), CORS)
      : discovery(environment, poolId);
  };
}

/** The discovery document. Like that of Cognito it does not say that PKCE works (`code_challenge_methods_supported`). */
function discovery(environment: Environment, poolId: string): HttpResponse {
  const issuer = issuerOf(environment, poolId);
  const { origin } = environment;
  return jsonResponse(
    200,
    {
      authorization_endpoint: `${origin}/oauth2/authorize`,
      end_session_endpoint: `${origin}/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      revocation_endpoint: `${origin}/oauth2/revoke`,
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint: `${origin}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      userinfo_endpoint: `${origin}/oauth2/userInfo`,
    },
    CORS,
  );
}
