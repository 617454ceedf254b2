import type { Pool } from '../../model/pool.js';
import type { Environment } from '../environment.js';

/** The value of the option `issuer` that makes tokens name AWS as their issuer. */
export const AWS_ISSUER = 'aws';

/** The `iss` of a pool's tokens. The keys are not necessarily there: see `jwksUriOf`. */
export function issuerOf({ issuer }: Pick<Environment, 'issuer'>, { id, region, settings }: Pool): string {
  if (issuer !== AWS_ISSUER) {
    return `${issuer}/${id}`;
  }
  const service = settings.IssuerConfiguration?.Type === 'UPDATED' ? 'issuer-cognito-idp' : 'cognito-idp';
  return `https://${service}.${region}.amazonaws.com/${id}`;
}

/** Where the public keys of a pool are, whatever its issuer is. */
export function jwksUriOf({ origin }: Pick<Environment, 'origin'>, { id }: Pick<Pool, 'id'>): string {
  return `${origin}/${id}/.well-known/jwks.json`;
}
