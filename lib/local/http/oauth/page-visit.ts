import { timingSafeEqual } from 'node:crypto';

import { CognitoFault } from '../../engine/cognito-fault.js';
import { type AuthorizationRequest, authorizationQuery } from '../../engine/oauth/authorization-request.js';
import { withQuery } from '../../engine/oauth/callback-url.js';
import { readCookie, setCookie } from '../../engine/oauth/cookies.js';
import { readAuthorization } from '../../engine/oauth/read-authorization.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import { TokenError } from '../../engine/oauth/token-error.js';
import { shortText } from '../../engine/short-text.js';
import { type Page, renderPage } from '../../pages/layout.js';
import type { PageContext } from '../../pages/page-context.js';
import type { HttpResponse } from '../route.js';
import { clientsOf, type DomainRequest, type Handler } from './domain-request.js';
import { LANGUAGE_COOKIE, textsFor } from './languages.js';

/** A visit to a page of managed login, on the way of a valid authorization request. */
export interface PageVisit extends DomainRequest {
  readonly authorization: AuthorizationRequest;
  readonly context: PageContext;
}

/** Answers a visit. */
export type VisitHandler = (visit: PageVisit) => Promise<HttpResponse> | HttpResponse;

const CSRF_COOKIE = 'XSRF-TOKEN';
const CSRF_VALUE = /^[\da-f-]{36}$/;
const LANGUAGE_TAG = /^[\w-]{2,20}$/;

/**
 * Runs a handler with a valid authorization request. Faults of the request go to `/error` or to the redirect URI, and so
 * do faults of a sign-in that has ended already, such as those of PreTokenGeneration in the implicit flow.
 */
export function onAuthorization(handler: VisitHandler): Handler {
  return async (request) => {
    const result = readAuthorization(request.http.query, clientsOf(request));
    if ('pageError' in result) {
      return redirectTo(errorUrl(result.pageError, request.http.query.get('client_id')));
    }
    if ('callback' in result) {
      return redirectTo(result.callback);
    }
    const authorization = result.request;
    try {
      return await handler({ ...request, authorization, context: contextOf(request, authorization) });
    } catch (error) {
      return redirectTo(withQuery(authorization.redirectUri, serverError(error)));
    }
  };
}

/** Like `onAuthorization`, for a form: one that this browser did not get from here is refused. */
export function onForm(handler: VisitHandler, refused: VisitHandler): Handler {
  return onAuthorization((visit) => (hasCsrfToken(visit) ? handler(visit) : refused(visit)));
}

/** The URL of the error page. */
export function errorUrl(error: string, clientId: string | null): string {
  return `/error?${new URLSearchParams({ error, client_id: clientId ?? '' }).toString()}`;
}

/** The URL of another page of the same authorization request. */
export function pageUrl({ context }: PageVisit, path: string): string {
  return `${path}?${context.query}`;
}

/** A response with a page. */
export function showPage(
  visit: PageVisit,
  page: Page,
  { status = 200, cookies = [] as readonly string[] } = {},
): HttpResponse {
  const { authorization, environment, context } = visit;
  const { lang } = authorization;
  const language =
    lang === undefined || !LANGUAGE_TAG.test(lang)
      ? []
      : [setCookie(environment, { name: LANGUAGE_COOKIE, value: lang })];
  const csrf = setCookie(environment, { name: CSRF_COOKIE, value: context.csrf });
  const { client, pool } = authorization;
  const { document, policy } = renderPage(page, context.texts, client.branding ?? pool.branding);
  return pageResponse({ status, document, policy, cookies: [csrf, ...language, ...cookies] });
}

/** A response with a document of HTML. Nobody may keep it or put it in a frame. */
export function pageResponse({
  status,
  document,
  policy,
  cookies = [],
}: {
  readonly status: number;
  readonly document: string;
  readonly policy: string;
  readonly cookies?: readonly string[];
}): HttpResponse {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
    },
    body: document,
  };
}

/** @throws the error itself if it is none of Cognito. */
function serverError(error: unknown): Record<string, string> {
  if (!(error instanceof CognitoFault) && !(error instanceof TokenError)) {
    throw error;
  }
  return { error: 'server_error', error_description: shortText(error.message) };
}

function contextOf({ environment, http }: DomainRequest, authorization: AuthorizationRequest): PageContext {
  const known = readCookie(http.headers.cookie, CSRF_COOKIE);
  return {
    texts: textsFor(http),
    csrf: known !== undefined && CSRF_VALUE.test(known) ? known : environment.random.uuid(),
    query: authorizationQuery(authorization).toString(),
  };
}

/** Double submit: the form repeats the cookie, which no other site can read. */
function hasCsrfToken({ http, form }: DomainRequest): boolean {
  const [cookie, field] = [readCookie(http.headers.cookie, CSRF_COOKIE) ?? '', form.get('_csrf') ?? ''];
  const [expected, given] = [Buffer.from(cookie), Buffer.from(field)];
  return cookie !== '' && expected.length === given.length && timingSafeEqual(expected, given);
}
