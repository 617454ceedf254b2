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
import { COGNITO_SUBJECT } from '../../engine/federation/identities.js';
import { redirectTo } from '../../engine/oauth/redirect.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { User } from '../../model/user.js';
import { endedPage, identityPage, type KnownPerson } from '../../pages/identity-page.js';
import { type Page, renderPage } from '../../pages/layout.js';
import { textsIn } from '../../pages/texts.js';
import { type HttpRequest, type HttpResponse, methodNotAllowed, type Route } from '../route.js';
import { pageResponse } from '../oauth/page-visit.js';

const SUBJECT_DIGITS = 21;

/** More people than these are not listed. */
const MAX_PEOPLE = 8;

/** A visit to the page. */
interface Visit {
  readonly attempt: FederatedAttempt;
  readonly provider: IdentityProvider;
  readonly request: HttpRequest;
}

/** The page that plays an identity provider: a person signs in as anybody, denies, or lets the provider fail. */
export function playedProviderRoute(federation: IdentityFederation): Route {
  return (request) => {
    if (!request.path.startsWith(`${PLAYED_PATH}/`)) {
      return undefined;
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      return methodNotAllowed('GET', 'POST');
    }
    const attempt = federation.attempts.find(request.query.get('state') ?? '');
    const provider = attempt?.request.pool.identityProviders.get(attempt.providerName);
    if (attempt === undefined || provider === undefined || attempt.endpoints !== undefined) {
      return respond(400, endedPage());
    }
    const visit = { attempt, provider, request };
    return request.method === 'GET' ? show(visit) : answer(federation, visit);
  };
}

function show({ attempt, provider, request }: Visit, typed?: URLSearchParams, error?: string): HttpResponse {
  const { pool, loginHint = '' } = attempt.request;
  const people: KnownPerson[] = [];
  for (const user of pool.users.latestOf(provider.name)) {
    people.unshift(...knownPeople(user, provider));
    if (people.length >= MAX_PEOPLE) {
      break;
    }
  }
  const page = identityPage({
    provider: provider.name,
    action: `${request.path}?${request.query.toString()}`,
    people,
    typed: typed ?? new URLSearchParams({ email: loginHint }),
    verified: typed === undefined || typed.has('email_verified'),
    error,
  });
  return respond(error === undefined ? 200 : 400, page);
}

function answer(federation: IdentityFederation, visit: Visit): HttpResponse {
  const { attempt, provider, request } = visit;
  const typed = new URLSearchParams(request.body);
  const answered = answerOf(provider, typed);
  if (typeof answered === 'string') {
    return show(visit, typed, answered);
  }
  const code = federation.answers.add(answered);
  const callback =
    provider.type === 'SAML'
      ? `/saml2/idpresponse?${new URLSearchParams({ SAMLResponse: code, RelayState: attempt.state }).toString()}`
      : `/oauth2/idpresponse?${new URLSearchParams({ code, state: attempt.state }).toString()}`;
  return redirectTo(callback);
}

function knownPeople({ identities = [], attributes }: User, provider: IdentityProvider): KnownPerson[] {
  const identity = identities.find(
    ({ providerName, attributeName }) => providerName === provider.name && attributeName === COGNITO_SUBJECT,
  );
  if (identity === undefined) {
    return [];
  }
  const { email, name, email_verified: verified } = attributes;
  const fields = {
    sub: identity.value,
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    ...(verified === 'true' && { email_verified: 'true' }),
  };
  return [{ label: name ?? email ?? identity.value, fields }];
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

function respond(status: number, page: Page): HttpResponse {
  return pageResponse({ status, ...renderPage(page, textsIn(['en'])) });
}
