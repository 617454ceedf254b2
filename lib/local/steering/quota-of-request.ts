import {
  type CountedRequest,
  quotaOfGrant,
  quotaOfOperation,
  quotaOfPath,
} from '../../protocol/request-rate-quotas.js';
import { operationOf } from '../http/api-route.js';
import type { HttpRequest } from '../http/route.js';

/** The request rate quota that a request counts against. Undefined: none. */
export function quotaOfRequest(request: HttpRequest): CountedRequest | undefined {
  const operation = operationOf(request);
  if (operation !== undefined) {
    return quotaOfOperation(operation);
  }
  if (request.path === '/oauth2/token') {
    return quotaOfGrant(new URLSearchParams(request.body).get('grant_type') ?? '');
  }
  const isIdpResponse = request.path.endsWith('/idpresponse');
  return request.method === 'POST' || isIdpResponse ? quotaOfPath(request.path) : undefined;
}
