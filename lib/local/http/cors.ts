import type { HttpRequest, HttpResponse } from './exchange.js';

const EXPOSED = 'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, Date';
const DAY_SECONDS = '86400';

/** Headers that let a page of any origin read an answer, as Cognito sends them; none without an Origin. */
export function corsHeaders(request: Pick<HttpRequest, 'headers'>): Record<string, string> {
  return request.headers.origin === undefined
    ? {}
    : { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED };
}

/** The answer to a preflight request: whatever headers are asked for are allowed. */
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
