import { authenticateClient } from '../../engine/oauth/client-authentication.js';
import { revoke } from '../../engine/oauth/revocation.js';
import { issueForGrant } from '../../engine/oauth/token-endpoint.js';
import { TokenError } from '../../engine/oauth/token-error.js';
import { type HttpResponse, jsonResponse } from '../route.js';
import { clientsOf, type DomainRequest, type Handler } from './domain-request.js';

const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** `POST /oauth2/token`. */
export const token: Handler = (request) =>
  answering(
    request,
    () => 400,
    async () => {
      const { environment, http, form, browser } = request;
      const found = authenticateClient(http.headers.authorization, form, clientsOf(request));
      const tokens = await issueForGrant(environment, { ...found, form, caller: browser });
      return jsonResponse(200, tokens, NO_STORE);
    },
  );

/** `POST /oauth2/revoke` (RFC 7009). */
export const revokeToken: Handler = (request) =>
  answering(
    request,
    ({ code }) => (code === 'invalid_client' ? 401 : 400),
    () => {
      const { http, form } = request;
      const found = authenticateClient(http.headers.authorization, form, clientsOf(request));
      revoke(found, form.get('token') ?? '');
      return { status: 200, headers: NO_STORE };
    },
  );

async function answering(
  { environment }: DomainRequest,
  statusOf: (error: TokenError) => number,
  answer: () => Promise<HttpResponse> | HttpResponse,
): Promise<HttpResponse> {
  const requestId = { 'x-amz-cognito-request-id': environment.random.uuid() };
  try {
    const response = await answer();
    return { ...response, headers: { ...response.headers, ...requestId } };
  } catch (error) {
    if (!(error instanceof TokenError)) {
      throw error;
    }
    const { code, description } = error;
    const body = { error: code, ...(description !== undefined && { error_description: description }) };
    return jsonResponse(statusOf(error), body, { ...NO_STORE, ...requestId });
  }
}
