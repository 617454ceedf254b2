import type { HttpRequest, HttpResponse } from './route.js';

const EXPOSED_HEADERS = 'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, Date';
const DAY_SECONDS = '86400';
/** Clients refuse responses with more than 16 kB of headers. */
const MAX_ECHO = 4096;

/** The paths that scripts of other origins may call: the API, the keys, three endpoints of OAuth 2.0, and the health. */
const OPEN = /^\/$|^\/health$|^\/[^/]+\/\.well-known\/|^\/oauth2\/(?:token|revoke|userInfo)$/;

/**
 * The CORS headers that Cognito sends. Here they are for allowed origins only, which `RequestOriginCheck` knows. None
 * without an Origin header, and none for the pages.
 */
export function corsHeaders({ headers, path }: Pick<HttpRequest, 'headers' | 'path'>): Record<string, string> {
  return headers.origin === undefined || !OPEN.test(path)
    ? {}
    : {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': EXPOSED_HEADERS,
        // A page that is refused must not get the response from the browser's cache.
        Vary: 'Origin',
      };
}

/** The response to a preflight request, which allows every requested header. `undefined` for other requests and paths. */
export function preflight(request: HttpRequest): HttpResponse | undefined {
  if (request.method !== 'OPTIONS' || !OPEN.test(request.path)) {
    return undefined;
  }
  const requested = request.headers['access-control-request-headers'] ?? '*';
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, POST, OPTIONS',
      'Access-Control-Allow-Headers': requested.length > MAX_ECHO ? '*' : requested,
      'Access-Control-Max-Age': DAY_SECONDS,
      // Browsers ask this of a server on this machine before a public page may call it.
      ...(request.headers['access-control-request-private-network'] === 'true' && {
        'Access-Control-Allow-Private-Network': 'true',
      }),
    },
  };
}
