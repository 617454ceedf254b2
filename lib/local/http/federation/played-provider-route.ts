import { createHash } from 'node:crypto';

import { isObject } from '../../../types/is-object.js';
import type { FederatedAttempt } from '../../engine/federation/federated-attempts.js';
import { type IdentityFederation, PLAYED_PATH } from '../../engine/federation/identity-federation.js';
import {
  PLAYED_FAILURES,
  type PlayedAnswer,
  playedClaims,
  type PlayedPerson,
} from '../../engine/federation/played-answers.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { HttpRequest, HttpResponse, Route } from '../route.js';
import { endedPage, identityPage } from './identity-page.js';

const SUBJECT_DIGITS = 21;

/** The page that plays an identity provider: a person signs in as anybody, denies, or lets the provider fail. */
export function playedProviderRoute(federation: IdentityFederation): Route {
  return (request) => {
    if (!request.path.startsWith(`${PLAYED_PATH}/`) || (request.method !== 'GET' && request.method !== 'POST')) {
      return undefined;
    }
    const state = request.query.get('state') ?? '';
    const attempt = federation.attempts.find(state);
    const provider = attempt?.request.pool.identityProviders.get(attempt.providerName);
    if (attempt === undefined || provider === undefined || attempt.endpoints !== undefined) {
      return page(400, endedPage());
    }
    return request.method === 'GET'
      ? page(200, identityPage({ provider, attempt, typed: new URLSearchParams() }))
      : answer(federation, provider, attempt, request);
  };
}

function answer(
  federation: IdentityFederation,
  provider: IdentityProvider,
  attempt: FederatedAttempt,
  request: HttpRequest,
): HttpResponse {
  const typed = new URLSearchParams(request.body);
  const answered = answerOf(provider, typed);
  if (typeof answered === 'string') {
    return page(400, identityPage({ provider, attempt, typed, problem: answered }));
  }
  const code = federation.answers.add(answered);
  const callback =
    provider.type === 'SAML'
      ? `/saml2/idpresponse?${new URLSearchParams({ SAMLResponse: code, RelayState: attempt.state }).toString()}`
      : `/oauth2/idpresponse?${new URLSearchParams({ code, state: attempt.state }).toString()}`;
  return redirectTo(callback);
}

/** What the person chose, or what is wrong with it. */
function answerOf(provider: IdentityProvider, typed: URLSearchParams): PlayedAnswer | string {
  const failure = PLAYED_FAILURES.find((name) => name === typed.get('outcome'));
  if (failure !== undefined) {
    return { failure };
  }
  const claims = furtherClaims(typed.get('claims') ?? '');
  const email = typed.get('email')?.trim() ?? '';
  const subject = typed.get('sub')?.trim() ?? '';
  const name = typed.get('name')?.trim() ?? '';
  if (claims === undefined) {
    return 'The further claims must be a JSON object.';
  }
  if (email === '' && subject === '') {
    return 'Type an e-mail address or an identifier.';
  }
  const person: PlayedPerson = {
    subject: subject === '' ? subjectFor(email) : subject,
    email: email === '' ? undefined : email,
    emailVerified: typed.has('email_verified'),
    name: name === '' ? undefined : name,
    groups: (typed.get('groups') ?? '')
      .split(',')
      .map((group) => group.trim())
      .filter((group) => group !== ''),
    claims,
  };
  return { claims: playedClaims(provider, person) };
}

/** The same address is the same person, as at a real provider. */
function subjectFor(email: string): string {
  const digest = createHash('sha256').update(email.toLowerCase()).digest('hex');
  return BigInt(`0x${digest}`).toString().slice(0, SUBJECT_DIGITS);
}

function furtherClaims(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function page(status: number, body: string): HttpResponse {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    body,
  };
}
