import type { Environment } from '../../engine/environment.js';
import type { IdentityFederation, ProviderResponse } from '../../engine/federation/identity-federation.js';
import { expiredStateCookie, hasStateCookie } from '../../engine/federation/state-cookie.js';
import { SESSION_COOKIE } from '../../engine/oauth/complete-authorization.js';
import { readCookie } from '../../engine/oauth/cookies.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { type HttpRequest, type HttpResponse, methodNotAllowed, type Route } from '../route.js';

/** The names of the parameters of a response. */
interface ResponseParameters {
  readonly state: string;
  readonly code: string;
}

const PATHS: ReadonlyMap<string, ResponseParameters> = new Map([
  ['/oauth2/idpresponse', { state: 'state', code: 'code' }],
  ['/saml2/idpresponse', { state: 'RelayState', code: 'SAMLResponse' }],
]);

/** Where identity providers send the browser. */
export const FEDERATION_PATHS: readonly string[] = [...PATHS.keys()];

/** `/oauth2/idpresponse` and `/saml2/idpresponse`: identity providers send the browser there with their response. */
export function idpResponseRoute(environment: Environment, federation: IdentityFederation): Route {
  return async (request) => {
    const names = PATHS.get(request.path);
    if (names === undefined) {
      return undefined;
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      return methodNotAllowed('GET', 'POST');
    }
    const parameters = request.method === 'GET' ? request.query : new URLSearchParams(request.body);
    const state = parameters.get(names.state) ?? '';
    const isOwn = hasStateCookie(request.headers.cookie, state);
    const attempt = isOwn ? federation.attempts.take(state) : undefined;
    if (attempt === undefined) {
      return redirectTo('/error?error=invalid_request');
    }
    const response = await federation.finish(attempt, responseOf(parameters, names), {
      sourceIp: request.remoteAddress,
      userAgent: request.headers['user-agent'] ?? '',
      sessionId: sessionOf(request),
    });
    return withCookie(response, expiredStateCookie(environment, state));
  };
}

function responseOf(parameters: URLSearchParams, { code }: ResponseParameters): ProviderResponse {
  return {
    code: parameters.get(code) ?? undefined,
    error: parameters.get('error') ?? undefined,
    errorDescription: parameters.get('error_description') ?? undefined,
  };
}

function sessionOf({ headers }: HttpRequest): string | undefined {
  return readCookie(headers.cookie, SESSION_COOKIE);
}

function withCookie(response: HttpResponse, cookie: string): HttpResponse {
  const cookies = [response.headers?.['Set-Cookie'] ?? [], cookie].flat();
  return { ...response, headers: { ...response.headers, 'Set-Cookie': cookies } };
}
