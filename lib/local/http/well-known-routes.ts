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

function discovery(environment: Environment, poolId: string): HttpResponse {
  const issuer = issuerOf(environment, poolId);
  return jsonResponse(
    200,
    {
      id_token_signing_alg_values_supported: ['RS256'],
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
    },
    CORS,
  );
}
