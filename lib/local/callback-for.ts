import { MandateArgumentError } from '../errors/argument-error.js';
import type { Environment } from './engine/environment.js';
import { callbackOf } from './engine/oauth/complete-authorization.js';
import { readAuthorization } from './engine/oauth/read-authorization.js';
import { findUser } from './engine/users/find-user.js';

const NO_BROWSER = { sourceIp: '127.0.0.1', userAgent: '' };

/**
 * Where Cognito would send the browser after a user has signed in on its pages.
 *
 * @throws MandateArgumentError if the pool has no such user, or the request would be refused.
 */
export async function callbackFor(
  environment: Environment,
  username: string,
  authorizeUrl: string | URL,
): Promise<string> {
  const result = readAuthorization(queryOf(authorizeUrl), (clientId) => environment.pools.byClientId(clientId));
  if ('pageError' in result) {
    const problem =
      result.pageError === 'redirect_mismatch'
        ? 'its redirect_uri is not one of the CallbackURLs of the app client'
        : 'its client_id names no app client of the embedded Cognito, or it has no redirect_uri';
    throw refused(problem);
  }
  if ('callback' in result) {
    const parameters = new URL(result.callback).searchParams;
    const error = parameters.get('error_description') ?? parameters.get('error') ?? '';
    throw refused(`it would answer with the error "${error}"`);
  }
  const { request } = result;
  const user = findUser(request.pool, username);
  if (!user?.enabled) {
    throw new MandateArgumentError('user', `must name an enabled user of pool "${request.pool.name}"`);
  }
  const { pool } = request;
  const session = {
    poolId: pool.id,
    sub: user.sub,
    authenticatedAt: environment.clock(),
    methods: ['password'] as const,
  };
  return callbackOf(environment, request, session, NO_BROWSER);
}

function queryOf(authorizeUrl: string | URL): URLSearchParams {
  const text = authorizeUrl.toString();
  if (!URL.canParse(text)) {
    throw refused('it is not a URL');
  }
  return new URL(text).searchParams;
}

function refused(problem: string): MandateArgumentError {
  return new MandateArgumentError('authorizeUrl', `must be a request that Cognito accepts, but ${problem}`);
}
