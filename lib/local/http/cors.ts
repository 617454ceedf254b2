import type { HttpRequest, HttpResponse } from './route.js';

const EXPOSED_HEADERS = 'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, Date';
const DAY_SECONDS = '86400';

/** The CORS headers that Cognito sends: any origin may read the response. None without an Origin header. */
export function corsHeaders(request: Pick<HttpRequest, 'headers'>): Record<string, string> {
  return request.headers.origin === undefined
    ? {}
    : { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED_HEADERS };
}

/** The response to a preflight request, which allows every requested header. `undefined` for other requests. */
export function preflight(request: HttpRequest): HttpResponse | undefined {
  if (request.method !== 'OPTIONS') {
    return undefined;
  }
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
      'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
      'Access-Control-Max-Age': DAY_SECONDS,
    },
  };
}
